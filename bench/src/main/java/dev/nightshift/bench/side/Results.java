package dev.nightshift.bench.side;

import dev.nightshift.bench.report.Threshold;
import java.util.List;

/** All that one comparison has to tell. */
record Results(CompareOptions options, List<Outcome> outcomes, List<Threshold> thresholds) {

    Results {
        outcomes = List.copyOf(outcomes);
        thresholds = List.copyOf(thresholds);
    }

    boolean hold() {
        return thresholds.stream().allMatch(Threshold::holds);
    }

    /** How much the p99 of the load alone, which should be the same each time, differed between the policies. */
    double noise() {
        double[] alone = outcomes.stream()
                .flatMap(outcome -> outcome.figures().stream())
                .mapToDouble(seen -> seen.alone().p99().toNanos())
                .sorted()
                .toArray();
        return alone.length < 2 ? 1 : alone[alone.length - 1] / Math.max(1, alone[0]);
    }
}
