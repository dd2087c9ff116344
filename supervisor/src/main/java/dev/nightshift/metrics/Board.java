package dev.nightshift.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/** Registers metrics of one run: all begin with {@code nightshift.} and carry its plan and database. */
final class Board {

    private final MeterRegistry registry;
    private final Tags common;

    Board(MeterRegistry registry, String plan, String database) {
        this.registry = registry;
        this.common = Tags.of("plan", plan, "database", database);
    }

    /** A gauge that is not known (NaN) until it is set. */
    DoubleConsumer gauge(String name, String help, String... labels) {
        AtomicReference<Double> value = new AtomicReference<>(Double.NaN);
        Gauge.builder("nightshift." + name, value, AtomicReference::get)
                .description(help)
                .tags(common.and(labels))
                .strongReference(true)
                .register(registry);
        return value::set;
    }

    /** Counters of one name, one for each set of labels. */
    Tally tally(String name, String help) {
        return new Tally(registry, common, "nightshift." + name, help);
    }

    /** A counter of what the journal counts: set to its newest count. */
    DoubleConsumer total(String name, String help, String... labels) {
        AtomicReference<Double> value = new AtomicReference<>(0.0);
        FunctionCounter.builder("nightshift." + name, value, AtomicReference::get)
                .description(help)
                .tags(common.and(labels))
                .register(registry);
        return value::set;
    }

    /** A counter of what is in the journal too; at 0 until something is known. */
    Count count(String name, String help, String... labels) {
        Count count = new Count();
        FunctionCounter.builder("nightshift." + name, count, Count::value)
                .description(help)
                .tags(common.and(labels))
                .register(registry);
        return count;
    }

    /** Times, counted by how long they are. */
    Timer times(String name, String help, List<Duration> bounds) {
        return Timer.builder("nightshift." + name)
                .description(help)
                .tags(common)
                .serviceLevelObjectives(bounds.toArray(Duration[]::new))
                .register(registry);
    }

    /** Gauges whose labels come and go. */
    MultiGauge gauges(String name, String help) {
        return MultiGauge.builder("nightshift." + name)
                .description(help)
                .tags(common)
                .register(registry);
    }

    /** Shows nothing of this run any more. */
    void clear() {
        registry.getMeters().stream()
                .filter(meter -> common.stream().allMatch(meter.getId().getTags()::contains))
                .forEach(registry::remove);
    }

    static double epoch(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    /** Shows exactly these values from now on. */
    static void show(MultiGauge gauges, Map<Tags, Double> values) {
        gauges.register(
                values.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(entry.getKey(), entry.getValue()))
                        .collect(Collectors.toList()),
                true);
    }
}
