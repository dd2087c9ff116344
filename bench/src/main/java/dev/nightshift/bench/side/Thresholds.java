package dev.nightshift.bench.side;

import dev.nightshift.bench.measure.Budget;
import dev.nightshift.bench.policy.KeyKind;
import dev.nightshift.bench.policy.PolicyKind;
import dev.nightshift.bench.report.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a comparison has to show, for the policies that were in it. Ratios within one run, so that the machine does not matter. */
final class Thresholds {
    private static final double MEGABYTES = 1 << 20;

    private final List<Threshold> found = new ArrayList<>();
    private final List<Outcome> outcomes;
    private final CompareOptions options;

    private Thresholds(List<Outcome> outcomes, CompareOptions options) {
        this.outcomes = outcomes;
        this.options = options;
    }

    static List<Threshold> of(List<Outcome> outcomes, CompareOptions options) {
        Thresholds thresholds = new Thresholds(outcomes, options);
        outcomes.forEach(thresholds::complete);
        outcomes.forEach(thresholds::comparable);
        outcomes.stream().filter(outcome -> outcome.policy().isNightshift()).forEach(thresholds::gentle);
        thresholds.heap();
        return List.copyOf(thresholds.found);
    }

    private void complete(Outcome outcome) {
        String what = outcome.policy().word() + ": every row done exactly once";
        outcome.figures()
                .ifPresentOrElse(
                        seen -> found.add(Threshold.atLeast(what, (double) seen.rows(), (double) seen.once(), " rows")),
                        () -> found.add(new Threshold(what, "all", "it failed", false)));
    }

    /** One that was over before its checkpoints had it easier than the others. */
    private void comparable(Outcome outcome) {
        outcome.figures()
                .filter(seen -> seen.checkpoints() < options.checkpoints())
                .ifPresent(seen -> found.add(Threshold.atLeast(
                        outcome.policy().word() + ": checkpoints during the run",
                        options.checkpoints(),
                        seen.checkpoints(),
                        "")));
    }

    private void gentle(Outcome outcome) {
        outcome.figures().ifPresent(seen -> {
            String name = outcome.policy().word() + ": ";
            Budget budget = Budget.USUAL;
            found.add(Threshold.atMost(
                    name + "lag p99", budget.seconds(), seen.lag().seconds().p99(), " s"));
            found.add(Threshold.atMost(
                    name + "lag p99 in bytes",
                    budget.bytes() / MEGABYTES,
                    seen.lag().bytes().p99() / MEGABYTES,
                    " MB"));
            found.add(Threshold.atMost(
                    name + "application p99 against the same load alone", 1.5, seen.latencyRatio(), "x"));
            found.add(Threshold.atMost(name + "starts and stops a minute", 2, seen.turnsPerMinute(), ""));
        });
    }

    private void heap() {
        Optional<Outcome.Figures> heap = figures(PolicyKind.NIGHTSHIFT_HEAP);
        heap.ifPresent(seen -> {
            String name = PolicyKind.NIGHTSHIFT_HEAP.word() + ": ";
            seen.linkRatio()
                    .ifPresent(ratio -> found.add(Threshold.atMost(
                            name + "caught up, against its WAL over the link's rate", 1.25, ratio, "x")));
            figures(PolicyKind.UPDATE)
                    .ifPresent(update -> found.add(Threshold.atMost(
                            name + "caught up, against one UPDATE's",
                            update.times().caughtUp(),
                            seen.times().caughtUp(),
                            " s")));
            found.add(Threshold.atLeast(name + "HOT updates", 75, seen.hot() * 100, " %"));
            figures(PolicyKind.NIGHTSHIFT_KEY).ifPresent(walk -> besides(name, seen, walk));
        });
    }

    private void besides(String name, Outcome.Figures heap, Outcome.Figures walk) {
        boolean sequence = options.key() == KeyKind.SEQUENCE;
        found.add(Threshold.atMost(
                name + "WAL against the key walk's",
                sequence ? 0.65 : 0.45,
                heap.wal() / (double) Math.max(1, walk.wal()),
                "x"));
        found.add(
                sequence
                        ? Threshold.atMost(
                                name + "growth against the key walk's",
                                0.25,
                                (heap.growth() - 1) / Math.max(1e-9, walk.growth() - 1),
                                "x")
                        : Threshold.atMost(name + "growth", 0.2, heap.growth() - 1, ""));
    }

    private Optional<Outcome.Figures> figures(PolicyKind kind) {
        return outcomes.stream()
                .filter(outcome -> outcome.policy() == kind)
                .findFirst()
                .flatMap(Outcome::figures);
    }
}
