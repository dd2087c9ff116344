package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.preflight.Replication.Standby;
import dev.nightshift.guards.reading.ByteSize;
import java.util.List;

/** A standby that is behind before the run begins is not helped by one. A delayed one is judged on what is safe on it. */
final class LagBytesCheck {

    /** The default of replica-bytes: where a run slows. */
    private static final ByteSize WARN = ByteSize.ofMebibytes(64);

    /** The default of replica-bytes: where it would hold at once. */
    private static final ByteSize FAIL = ByteSize.ofMebibytes(256);

    private LagBytesCheck() {}

    static List<Answer> judge(Situation situation) {
        return LagOfEach.judge(situation, LagBytesCheck::judge);
    }

    private static void judge(
            Standby standby, ReplicaClass kind, DeclaredStandbys declared, List<Answer> faults, List<String> seen) {
        Long behind = kind == ReplicaClass.DELAYED ? standby.notFlushed() : standby.notReplayed();
        String remedy = "wait until " + standby.name() + " has caught up; if it does not, see whether its replay is"
                + " paused or a query on it is in the way";
        if (behind == null) {
            faults.add(Answer.unknown(standby.name() + " has not told its position yet", "try again in a few seconds"));
            return;
        }
        ByteSize size = new ByteSize(Math.max(0, behind));
        String text = standby.name() + " " + size;
        if (size.compareTo(FAIL) >= 0) {
            faults.add(declared.fault(kind, text + " >= " + FAIL, remedy));
        } else if (size.compareTo(WARN) >= 0) {
            faults.add(Answer.warn(text + " >= " + WARN, remedy));
        }
        seen.add(text);
    }
}
