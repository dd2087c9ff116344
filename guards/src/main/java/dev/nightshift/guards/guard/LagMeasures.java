package dev.nightshift.guards.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Which replicas' lag is judged, and up to which level. */
final class LagMeasures {

    private LagMeasures() {}

    static List<Measure> of(Facts facts, BiFunction<String, ReplicaTrack.Lag, Measure> measure) {
        List<Measure> measures = new ArrayList<>();
        for (ReplicaTrack replica : facts.replicas()) {
            if (replica.lag() != null && replica.pinned().kind().lagJudged()) {
                Measure seen = measure.apply(replica.pinned().name(), replica.lag());
                measures.add(limited(facts, replica, seen));
            }
        }
        return measures;
    }

    private static Measure limited(Facts facts, ReplicaTrack replica, Measure seen) {
        Measure measure = replica.pinned().kind() == ReplicaClass.BEST_EFFORT ? seen.upTo(Level.SLOW) : seen;
        if (!replica.excused()) {
            return measure;
        }
        Measure excused = measure.upTo(Level.HOLD);
        return replica.movement().stalled()
                ? excused.qualified("stalled")
                        .noting(StandbyCause.of(facts, replica.pinned())
                                .orElse("it has not replayed anything: paused, in conflict with a query, or frozen"))
                : excused;
    }
}
