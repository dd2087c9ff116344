package dev.nightshift.bench.side;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.bench.policy.PolicyKind;
import dev.nightshift.sandbox.LoadReport;
import java.util.Optional;
import java.util.OptionalDouble;

/** What one policy came to: its figures, or why there are none. */
public record Outcome(PolicyKind policy, Optional<String> failure, Optional<Figures> figures) {

    static Outcome of(PolicyKind policy, Figures figures) {
        return new Outcome(policy, Optional.empty(), Optional.of(figures));
    }

    static Outcome failed(PolicyKind policy, String why) {
        return new Outcome(policy, Optional.of(why), Optional.empty());
    }

    /**
     * @param once rows that were changed exactly once, of {@code rows} that there were
     * @param times from the start of the policy, its program included
     * @param wal bytes that the primary wrote until the last row was done, the application's among them
     * @param linkRatio time until caught up, over the time that the link needs for that WAL; empty without a limit
     * @param hot of the updates, the share that wrote no index
     * @param checkpoints that were forced: fewer than were asked for when the policy was over before
     * @param load the application while the policy worked, beside the same load alone before
     */
    public record Figures(
            long rows,
            long once,
            Times times,
            long wal,
            OptionalDouble linkRatio,
            double growth,
            double indexGrowth,
            double hot,
            LagFigures lag,
            LoadReport alone,
            LoadReport load,
            int commits,
            double turnsPerMinute,
            int checkpoints) {

        public double latencyRatio() {
            return load.p99().toNanos() / (double) Math.max(1, alone.p99().toNanos());
        }
    }

    /** Seconds until the first commit, the last row, the policy's own end, and the standby having all of it. */
    public record Times(double first, double done, double ended, double caughtUp) {}

    /** Over all samples from the start until the standby had caught up. */
    public record LagFigures(Spread seconds, Spread bytes, double overBudget) {}
}
