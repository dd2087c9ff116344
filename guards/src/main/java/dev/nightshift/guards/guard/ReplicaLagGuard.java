package dev.nightshift.guards.guard;

import java.util.List;

/** How old the last transaction is that a replica shows, by our own clock of positions. */
final class ReplicaLagGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.REPLICA_LAG;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        return LagMeasures.of(facts, (name, lag) -> {
            Measure exact = Measure.of(name, lag.time().seconds());
            Measure measure = lag.time().exact()
                    ? exact
                    : Measure.atLeast(name, lag.time().seconds()).noting("behind every position that is remembered");
            return measure.allowing(lag.delay());
        });
    }
}
