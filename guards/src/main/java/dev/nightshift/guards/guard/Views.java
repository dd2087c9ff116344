package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Puts what is known of the replicas into the shape that people and metrics see. */
final class Views {

    private Views() {}

    static List<ReplicaView> of(List<ReplicaTrack> replicas, Map<String, Double> capacities, GuardSettings settings) {
        return replicas.stream()
                .map(replica -> view(replica, capacities.get(replica.pinned().name()), settings))
                .toList();
    }

    private static ReplicaView view(ReplicaTrack replica, @Nullable Double capacity, GuardSettings settings) {
        PinnedReplica pinned = replica.pinned();
        ReplicaTrack.Lag lag = replica.lag();
        boolean judged = pinned.kind().lagJudged();
        double delay = lag == null ? 0 : lag.delay();
        double time = settings.holdsAt(GuardKind.REPLICA_LAG) + delay;
        double bytes = settings.holdsAt(GuardKind.REPLICA_BYTES);
        return new ReplicaView(
                pinned.name(),
                pinned.kind(),
                replica.text(),
                replica.note(),
                lag == null ? null : lag.time().lag(),
                lag == null || lag.time().exact(),
                lag == null ? null : new ByteSize(lag.bytes()),
                replica.movement().perSecond(),
                capacity == null ? OptionalDouble.empty() : OptionalDouble.of(capacity),
                judged && Double.isFinite(time) ? Duration.ofNanos((long) (time * 1e9)) : null,
                judged && Double.isFinite(bytes) ? new ByteSize((long) bytes) : null);
    }
}
