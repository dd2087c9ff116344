package dev.nightshift.metrics;

import dev.nightshift.announce.Tidings.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many messages each receiver was sent, and how that ended; for any thread. */
public final class NotificationMetrics {

    private final Map<String, Map<Outcome, Counter>> byReceiver = new HashMap<>();

    NotificationMetrics(MeterRegistry registry, List<String> receivers) {
        for (String receiver : receivers) {
            Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                counters.put(
                        outcome,
                        Counter.builder("nightshift.notifications")
                                .description("Messages that were sent to a receiver, and how that ended")
                                .tags("receiver", receiver, "outcome", outcome.word())
                                .register(registry));
            }
            byReceiver.put(receiver, counters);
        }
    }

    public void attempted(String receiver, Outcome outcome) {
        Counter counter = byReceiver.getOrDefault(receiver, Map.of()).get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
