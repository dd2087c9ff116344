package dev.nightshift.guards.reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The last minute of every number, by signal and subject, for rules that judge how fast it moves. */
public final class Trends {
    /** The primary's WAL position; its subject is empty. */
    public static final String POSITION = "wal-position";

    /** {@code safe_wal_size}; its subject is the slot. */
    public static final String SLOT_HEADROOM = "slot-headroom";

    /** Slow movements (a slot's headroom, an archive's backlog) need more than a few seconds to show. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    public static final Trends EMPTY = new Trends(Map.of());

    private final Map<Key, Slope> slopes;

    private Trends(Map<Key, Slope> slopes) {
        this.slopes = slopes;
    }

    private record Key(String signal, String subject) {}

    /** With one more sample; a value that is not known ends what was known of its trend. */
    public Trends noted(Sample sample) {
        Map<Key, Double> values = new HashMap<>();
        values.put(new Key(POSITION, ""), (double) sample.position().position());
        for (SlotRow slot : sample.slots()) {
            if (slot.safeWalSize() != null) {
                values.put(
                        new Key(SLOT_HEADROOM, slot.name()), slot.safeWalSize().doubleValue());
            }
        }
        for (Reading reading : sample.readings()) {
            reading.value().ifPresent(value -> values.put(new Key(reading.signal(), reading.subject()), value));
        }
        Map<Key, Slope> next = new HashMap<>();
        values.forEach((key, value) ->
                next.put(key, slopes.getOrDefault(key, Slope.over(MEMORY)).noted(sample.monotonicNanos(), value)));
        return new Trends(next);
    }

    /** Change a second over the last part of the minute; empty when it is not known. */
    public OptionalDouble perSecond(String signal, String subject, Duration last) {
        Slope slope = slopes.get(new Key(signal, subject));
        return slope == null ? OptionalDouble.empty() : slope.perSecond(last);
    }

    /** By how much it grew while it was watched, in a minute at most; a counter that began anew has not grown. */
    public double growth(String signal, String subject) {
        Slope slope = slopes.get(new Key(signal, subject));
        double grown =
                slope == null ? 0 : slope.perSecond().orElse(0) * slope.span().toNanos() / 1e9;
        return Math.max(0, grown);
    }

    /** How long this number has been watched without a break, a minute at most. */
    public Duration span(String signal, String subject) {
        Slope slope = slopes.get(new Key(signal, subject));
        return slope == null ? Duration.ZERO : slope.span();
    }
}
