package dev.nightshift.metrics;

import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.ReplicaView;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.SlotRow;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How far the replicas are behind, and whether those that are expected are there. */
final class ReplicaMetrics {

    private static final Set<ReplicaClass> EXPECTED =
            EnumSet.of(ReplicaClass.REQUIRED, ReplicaClass.CASCADED, ReplicaClass.DELAYED);

    private final MultiGauge lagBytes;
    private final MultiGauge lagSeconds;
    private final MultiGauge limitBytes;
    private final MultiGauge limitSeconds;
    private final MultiGauge replayRate;
    private final MultiGauge slotRetained;
    private final DoubleConsumer connected;
    private final DoubleConsumer expected;

    ReplicaMetrics(Board board) {
        lagBytes = board.gauges("replication.lag.bytes", "WAL that a replica has not replayed yet");
        lagSeconds =
                board.gauges("replication.lag.seconds", "How old the newest change is that a replica has replayed");
        limitBytes = board.gauges("replication.lag.limit.bytes", "Where a replica's lag in bytes holds the run");
        limitSeconds = board.gauges("replication.lag.limit.seconds", "Where a replica's lag in time holds the run");
        replayRate = board.gauges("replication.replay.bytes.per.second", "WAL that a replica replays");
        slotRetained = board.gauges("slot.retained.bytes", "WAL that a pinned slot keeps the server from removing");
        connected =
                board.gauge("replicas.connected", "Of the replicas that the run expects, those that stream and replay");
        expected = board.gauge("replicas.expected", "Replicas without which the run holds");
    }

    void see(Tick tick) {
        List<ReplicaView> replicas = tick.judgement().replicas();
        show(lagBytes, replicas, "replay", ReplicaMetrics::bytes);
        show(lagSeconds, replicas, "replay", ReplicaMetrics::seconds);
        show(replayRate, replicas, "", replica -> replica.replayRate().orElse(Double.NaN));
        List<ReplicaView> holding =
                replicas.stream().filter(ReplicaMetrics::isExpected).toList();
        show(limitBytes, holding, "", replica -> bytes(replica.byteLimit()));
        show(limitSeconds, holding, "", replica -> seconds(replica.timeLimit()));
        Map<Tags, Double> retained = new LinkedHashMap<>();
        for (SlotRow slot : tick.judgement().slots()) {
            retained.put(Tags.of("slot", slot.name()), retained(slot));
        }
        Board.show(slotRetained, retained);
        expected.accept((double) holding.size());
        connected.accept((double) holding.stream()
                .filter(replica -> replica.state().equals("streaming"))
                .count());
    }

    private static void show(
            MultiGauge gauges, List<ReplicaView> replicas, String stage, ToDoubleFunction<ReplicaView> value) {
        Map<Tags, Double> values = new LinkedHashMap<>();
        for (ReplicaView replica : replicas) {
            Tags tags = Tags.of("replica", replica.name());
            values.put(stage.isEmpty() ? tags : tags.and("stage", stage), value.applyAsDouble(replica));
        }
        Board.show(gauges, values);
    }

    /** What was seen last is not true any more. */
    void rest() {
        List.of(lagBytes, lagSeconds, limitBytes, limitSeconds, replayRate, slotRetained)
                .forEach(gauges -> Board.show(gauges, Map.of()));
        connected.accept(Double.NaN);
        expected.accept(Double.NaN);
    }

    private static boolean isExpected(ReplicaView replica) {
        return EXPECTED.contains(replica.kind());
    }

    private static double bytes(ReplicaView replica) {
        return bytes(replica.byteLag());
    }

    private static double bytes(@Nullable ByteSize size) {
        return size == null ? Double.NaN : size.bytes();
    }

    private static double retained(SlotRow slot) {
        Long retained = slot.retained();
        return retained == null ? Double.NaN : retained;
    }

    private static double seconds(ReplicaView replica) {
        return seconds(replica.timeLag());
    }

    private static double seconds(@Nullable Duration time) {
        return time == null ? Double.NaN : time.toMillis() / 1000.0;
    }
}
