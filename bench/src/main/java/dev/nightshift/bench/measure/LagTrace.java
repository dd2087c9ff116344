package dev.nightshift.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Samples in their order, and what they say of the standby's lag: the time since the latest instant at which the primary
 * was not further than the standby is now; zero when it has all.
 */
public record LagTrace(List<Sample> samples) {

    /** How far the standby was behind, at one sample. */
    public record Lag(double seconds, long bytes) {}

    public LagTrace {
        samples = List.copyOf(samples);
    }

    /** One lag a sample, of those within the two instants. */
    public List<Lag> between(long fromMicros, long untilMicros) {
        List<Lag> lags = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            if (sample.micros() >= fromMicros && sample.micros() <= untilMicros) {
                lags.add(lag(i));
            }
        }
        return lags;
    }

    /** The primary's position at the first sample that is not before the instant. */
    public OptionalLong writtenAt(long micros) {
        return samples.stream()
                .filter(sample -> sample.micros() >= micros)
                .mapToLong(Sample::written)
                .findFirst();
    }

    /** When the standby was first seen, at or after the instant, to have replayed up to the position. */
    public OptionalLong replayed(long position, long fromMicros) {
        return samples.stream()
                .filter(sample -> sample.micros() >= fromMicros && sample.replayed() >= position)
                .mapToLong(Sample::micros)
                .findFirst();
    }

    /** The first instant, at or after the other, at which one of the limits was reached. */
    public OptionalLong breach(Budget budget, long fromMicros) {
        for (int i = 0; i < samples.size(); i++) {
            if (samples.get(i).micros() >= fromMicros && budget.spentBy(lag(i))) {
                return OptionalLong.of(samples.get(i).micros());
            }
        }
        return OptionalLong.empty();
    }

    private Lag lag(int index) {
        Sample now = samples.get(index);
        int since = latestNotBeyond(now.replayed(), index);
        return new Lag(
                (now.micros() - samples.get(Math.max(0, since)).micros()) / 1e6,
                Math.max(0, now.written() - now.replayed()));
    }

    /** Positions never go back: the last index up to {@code last} whose position is not beyond, or -1. */
    private int latestNotBeyond(long position, int last) {
        int low = -1;
        int high = last;
        while (low < high) {
            int middle = low + (high - low + 1) / 2;
            if (samples.get(middle).written() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
