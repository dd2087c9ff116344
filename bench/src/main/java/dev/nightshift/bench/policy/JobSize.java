package dev.nightshift.bench.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * How many rows the next job gets, by GitLab's published rule: the last 20 jobs took a share of their interval, the newer
 * ones counting more; 90 to 95 % are right, else the size changes towards 95 %, upwards by a fifth at most.
 */
record JobSize(long rows, List<Double> efficiencies) {

    private static final double LOW = 0.90;
    private static final double HIGH = 0.95;
    private static final double MOST = 1.2;
    private static final double ALPHA = 0.4;
    private static final int JOBS = 20;
    private static final long SMALLEST = 1_000;
    private static final long LARGEST = 2_000_000;

    JobSize {
        efficiencies = List.copyOf(efficiencies);
    }

    JobSize(long rows) {
        this(rows, List.of());
    }

    JobSize after(double efficiency) {
        List<Double> all = new ArrayList<>(efficiencies);
        all.add(efficiency);
        List<Double> last = all.subList(Math.max(0, all.size() - JOBS), all.size());
        double smoothed = smooth(last);
        boolean right = smoothed >= LOW && smoothed <= HIGH;
        double factor = right || smoothed <= 0 ? 1 : Math.min(MOST, HIGH / smoothed);
        return new JobSize(Math.max(SMALLEST, Math.min(LARGEST, (long) (rows * factor))), last);
    }

    /** The newest counts 1, each earlier one 0.6 of the one after it. */
    private static double smooth(List<Double> efficiencies) {
        double sum = 0;
        double weights = 0;
        for (double efficiency : efficiencies) {
            sum = sum * (1 - ALPHA) + efficiency;
            weights = weights * (1 - ALPHA) + 1;
        }
        return sum / weights;
    }
}
