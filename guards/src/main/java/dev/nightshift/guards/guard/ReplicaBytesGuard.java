package dev.nightshift.guards.guard;

import java.util.List;

/** How many bytes a replica is behind; of a delayed one those that it has not yet on its disk. */
final class ReplicaBytesGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.REPLICA_BYTES;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        return LagMeasures.of(facts, (name, lag) -> Measure.of(name, (double) lag.bytes()));
    }
}
