package dev.nightshift.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Counters of one name; each is there at 0 once it was announced, so that its first increase is seen. */
record Tally(MeterRegistry registry, Tags common, String name, String help) {

    Tally announce(String... labels) {
        add(0, labels);
        return this;
    }

    void add(double amount, String... labels) {
        Counter.builder(name)
                .description(help)
                .tags(common.and(labels))
                .register(registry)
                .increment(amount);
    }
}
