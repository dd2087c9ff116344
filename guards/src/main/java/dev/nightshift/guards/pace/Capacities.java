package dev.nightshift.guards.pace;

import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What each required replica was seen to replay under a backlog; forgotten when old or disproved. A value. */
record Capacities(Map<String, Seen> seen) {

    static final Capacities NONE = new Capacities(Map.of());

    /** Loads change with the hour and with checkpoints: an estimate older than this is only history. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(3);

    private static final double SMOOTHING = 0.5;

    /** A replica that replays this much more than thought has shown the estimate wrong. */
    private static final double DISPROVED = 1.1;

    /**
     * One replica's estimate.
     *
     * @param nanos when it was last confirmed
     */
    record Seen(String replica, double rate, long nanos) {

        /** {@code capacity of standby-a 11.2 MiB/s}. */
        String text() {
            return "capacity of " + replica + " " + new ByteSize(Math.round(rate)) + "/s";
        }
    }

    Capacities next(PaceTick tick) {
        Map<String, Seen> next = new HashMap<>();
        seen.forEach((name, old) -> {
            boolean aged = tick.nanos() - old.nanos() > FORGOTTEN_AFTER.toNanos();
            boolean disproved = tick.replaying().getOrDefault(name, 0.0) > old.rate() * DISPROVED;
            if (!aged && !disproved) {
                next.put(name, old);
            }
        });
        tick.underLoad().forEach((name, rate) -> {
            Seen old = next.get(name);
            double blended = old == null ? rate : old.rate() + SMOOTHING * (rate - old.rate());
            next.put(name, new Seen(name, blended, tick.nanos()));
        });
        return new Capacities(next);
    }

    /** The slowest one that is known. */
    Optional<Seen> slowest() {
        return seen.values().stream().min((a, b) -> Double.compare(a.rate(), b.rate()));
    }

    Map<String, Double> rates() {
        Map<String, Double> rates = new HashMap<>();
        seen.forEach((name, one) -> rates.put(name, one.rate()));
        return rates;
    }
}
