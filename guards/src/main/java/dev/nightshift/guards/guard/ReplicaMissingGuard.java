package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A required replica that is gone, cannot be observed, or has not caught up since: infinitely behind, not fine. */
final class ReplicaMissingGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.REPLICA_MISSING;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<Measure> missing = new ArrayList<>();
        for (ReplicaTrack replica : facts.replicas()) {
            ReplicaClass kind = replica.pinned().kind();
            if (kind.isRequired() || kind == ReplicaClass.DELAYED) {
                add(missing, replica);
            }
        }
        return missing;
    }

    private static void add(List<Measure> missing, ReplicaTrack replica) {
        String name = replica.pinned().name();
        switch (replica.state()) {
            case STREAMING -> {}
            case RETURNING ->
                missing.add(Measure.lasting(name, "returning", Duration.ZERO)
                        .uncertain()
                        .upTo(Level.HOLD)
                        .said(replica.text(), "!=", "caught up")
                        .noting(behind(replica)));
            case UNOBSERVABLE ->
                missing.add(Measure.lasting(name, "away", Duration.ZERO)
                        .uncertain()
                        .said("unobservable (" + replica.text() + ")", "!=", "streaming")
                        .noting(replica.note()));
            case GONE ->
                missing.add(Measure.lasting(name, "away", Duration.ZERO)
                        .uncertain()
                        .said(replica.text(), "!=", "streaming")
                        .noting(replica.note()));
        }
    }

    private static String behind(ReplicaTrack replica) {
        return replica.lag() == null ? "" : new ByteSize(replica.lag().bytes()) + " behind";
    }
}
