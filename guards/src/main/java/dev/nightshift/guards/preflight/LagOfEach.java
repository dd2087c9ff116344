package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.preflight.Replication.Standby;
import java.util.ArrayList;
import java.util.List;

/** Judges each standby whose lag counts, one after the other. */
final class LagOfEach {

    private LagOfEach() {}

    /** Adds what is wrong with a standby to the faults, and what was seen of it to the rest. */
    interface One {
        void judge(
                Standby standby, ReplicaClass kind, DeclaredStandbys declared, List<Answer> faults, List<String> seen);
    }

    static List<Answer> judge(Situation situation, One one) {
        DeclaredStandbys declared = new DeclaredStandbys(situation.work().replicas());
        return situation.replication().standbys().judge(standbys -> {
            List<Answer> faults = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            for (Standby standby : standbys) {
                ReplicaClass kind = declared.kindOf(standby);
                if (kind.lagJudged()) {
                    one.judge(standby, kind, declared, faults, seen);
                }
            }
            return Answer.orPass(faults, seen.isEmpty() ? "no standby to judge" : String.join(", ", seen));
        });
    }
}
