package dev.nightshift.bench.measure;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Median, 99th percentile and largest of some numbers; zero of none. */
public record Spread(double p50, double p99, double max) {

    public static Spread of(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        return new Spread(quantile(sorted, 0.50), quantile(sorted, 0.99), quantile(sorted, 1));
    }

    /** The smallest number that the share {@code quantile} of all are not above. */
    static double quantile(double[] sorted, double quantile) {
        int rank = (int) Math.ceil(sorted.length * quantile);
        return sorted.length == 0 ? 0 : sorted[Math.max(1, rank) - 1];
    }

    public static double median(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return quantile(sorted, 0.5);
    }
}
