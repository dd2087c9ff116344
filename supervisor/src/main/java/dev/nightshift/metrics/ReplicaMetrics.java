package dev.nightshift.metrics;

import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.ReplicaView;
import dev.nightshift.guards.reading.ByteSize;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** How far the replicas are behind, and whether those that are expected are there. */
final class ReplicaMetrics {

    private static final Set<ReplicaClass> EXPECTED =
            EnumSet.of(ReplicaClass.REQUIRED, ReplicaClass.CASCADED, ReplicaClass.BEST_EFFORT, ReplicaClass.DELAYED);

    private final MultiGauge lagBytes;
    private final MultiGauge lagSeconds;
    private final MultiGauge replayRate;
    private final DoubleConsumer connected;
    private final DoubleConsumer expected;

    ReplicaMetrics(Board board) {
        lagBytes = board.gauges("replication.lag.bytes", "WAL that a replica has not replayed yet");
        lagSeconds =
                board.gauges("replication.lag.seconds", "How old the newest change is that a replica has replayed");
        replayRate = board.gauges("replication.replay.bytes.per.second", "WAL that a replica replays");
        connected = board.gauge("replicas.connected", "Expected replicas that stream");
        expected = board.gauge("replicas.expected", "Replicas that the run expects");
    }

    void see(Tick tick) {
        List<ReplicaView> replicas = tick.judgement().replicas();
        Map<Tags, Double> bytes = new LinkedHashMap<>();
        Map<Tags, Double> seconds = new LinkedHashMap<>();
        Map<Tags, Double> rates = new LinkedHashMap<>();
        for (ReplicaView replica : replicas) {
            Tags stage = Tags.of("replica", replica.name(), "stage", "replay");
            bytes.put(stage, bytes(replica));
            seconds.put(stage, seconds(replica));
            rates.put(Tags.of("replica", replica.name()), replica.replayRate().orElse(Double.NaN));
        }
        Board.show(lagBytes, bytes);
        Board.show(lagSeconds, seconds);
        Board.show(replayRate, rates);
        expected.accept(
                (double) replicas.stream().filter(ReplicaMetrics::isExpected).count());
        connected.accept((double) replicas.stream()
                .filter(replica -> isExpected(replica) && replica.state().equals("streaming"))
                .count());
    }

    private static boolean isExpected(ReplicaView replica) {
        return EXPECTED.contains(replica.kind());
    }

    private static double bytes(ReplicaView replica) {
        ByteSize lag = replica.byteLag();
        return lag == null ? Double.NaN : lag.bytes();
    }

    private static double seconds(ReplicaView replica) {
        Duration lag = replica.timeLag();
        return lag == null ? Double.NaN : lag.toMillis() / 1000.0;
    }
}
