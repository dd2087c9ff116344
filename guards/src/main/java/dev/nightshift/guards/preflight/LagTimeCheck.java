package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.preflight.Replication.Standby;
import java.time.Duration;
import java.util.List;

/**
 * The server's own {@code replay_lag} is NULL when idle, stays at its last figure while nothing is replayed and after it
 * has caught up: it counts only while bytes are behind. A standby that no longer replies cannot be observed.
 */
final class LagTimeCheck {

    private static final Duration WARN = Duration.ofSeconds(5);
    private static final Duration FAIL = Duration.ofSeconds(30);

    /** Twice the default of wal_receiver_status_interval: an idle healthy standby replies once in an interval. */
    private static final Duration SILENT = Duration.ofSeconds(20);

    private LagTimeCheck() {}

    static List<Answer> judge(Situation situation) {
        List<String> standing = situation.replication().standing();
        return LagOfEach.judge(situation, (standby, kind, declared, faults, seen) -> {
            if (standing.contains(standby.name())) {
                seen.add(standby.name() + " stands still, see PF-DELAYED-STANDBY");
            } else {
                judge(standby, kind, declared, faults, seen);
            }
        });
    }

    private static void judge(
            Standby standby, ReplicaClass kind, DeclaredStandbys declared, List<Answer> faults, List<String> seen) {
        Duration reply = standby.replyAge();
        if (reply == null || reply.compareTo(SILENT) > 0) {
            String age = reply == null ? "never" : Unit.text(reply) + " ago > " + Unit.text(SILENT);
            faults.add(Answer.unknown(
                    standby.name() + " replied last: " + age,
                    "see whether " + standby.name() + " is alive and the network to it works"));
            return;
        }
        Duration lag = kind == ReplicaClass.DELAYED ? Duration.ZERO : lag(standby);
        String text = standby.name() + " " + Unit.text(lag);
        String remedy = "wait until " + standby.name() + " has caught up";
        if (lag.compareTo(FAIL) >= 0) {
            faults.add(declared.fault(kind, text + " >= " + Unit.text(FAIL), remedy));
        } else if (lag.compareTo(WARN) >= 0) {
            faults.add(Answer.warn(text + " >= " + Unit.text(WARN), remedy));
        }
        seen.add(text);
    }

    private static Duration lag(Standby standby) {
        Long behind = standby.notReplayed();
        Duration lag = standby.replayLag();
        return lag == null || (behind != null && behind <= 0) ? Duration.ZERO : lag;
    }
}
