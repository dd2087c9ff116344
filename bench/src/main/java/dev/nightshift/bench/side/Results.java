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
}
