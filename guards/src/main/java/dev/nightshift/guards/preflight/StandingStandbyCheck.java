package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.preflight.Replication.Standby;
import dev.nightshift.guards.reading.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** A standby that is paused or delayed never catches up, and the run would hold for it: the plan has to say so. */
final class StandingStandbyCheck {

    private StandingStandbyCheck() {}

    static List<Answer> judge(Situation situation) {
        Replication replication = situation.replication();
        DeclaredStandbys declared = new DeclaredStandbys(situation.work().replicas());
        return replication.standbys().judge(standbys -> {
            List<Answer> faults = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            for (Standby standby : standbys) {
                ReplicaClass kind = declared.kindOf(standby);
                boolean stands = replication.standing().contains(standby.name());
                if (stands && kind.lagJudged() && kind != ReplicaClass.DELAYED) {
                    faults.add(declared.fault(kind, standing(standby), remedy(standby.name())));
                } else if (kind.lagJudged()) {
                    seen.add(standby.name() + (stands ? " replays late, as declared" : " replays what it gets"));
                }
            }
            seen.addAll(feedback(replication.withoutFeedback()));
            return Answer.orPass(faults, seen.isEmpty() ? "no standby to judge" : String.join(", ", seen));
        });
    }

    private static String standing(Standby standby) {
        long unreplayed = Math.max(0, behind(standby.notReplayed()) - behind(standby.notFlushed()));
        return standby.name() + " has " + new ByteSize(unreplayed) + " of WAL that it does not replay: paused, delayed"
                + " by recovery_min_apply_delay, or kept by a query there";
    }

    private static long behind(@org.jspecify.annotations.Nullable Long bytes) {
        return bytes == null ? 0 : bytes;
    }

    private static String remedy(String name) {
        return "on " + name
                + " see pg_get_wal_replay_pause_state(), SHOW recovery_min_apply_delay and pg_stat_activity;"
                + " SELECT pg_wal_replay_resume(), or declare it in `replicas`: delayed: {" + name + ": 1h}";
    }

    private static List<String> feedback(List<String> without) {
        return without.isEmpty()
                ? List.of()
                : List.of("hot_standby_feedback is off on " + String.join(", ", without)
                        + ": a report there that outlasts max_standby_streaming_delay holds the replay up, then is"
                        + " cancelled");
    }
}
