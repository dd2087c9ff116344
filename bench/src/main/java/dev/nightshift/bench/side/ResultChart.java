package dev.nightshift.bench.side;

import dev.nightshift.bench.measure.Budget;
import dev.nightshift.bench.policy.PolicyKind;
import dev.nightshift.bench.report.BarChart;
import dev.nightshift.bench.report.BarChart.Bar;
import dev.nightshift.bench.report.BarChart.Panel;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The results as a chart: how long it took, how far the standby was behind, how much the table grew. */
final class ResultChart {
    private static final double SHORTEST_LAG = 0.01;

    private ResultChart() {}

    static String of(Results results) {
        List<Outcome> all = results.outcomes();
        Set<String> own = all.stream()
                .map(Outcome::policy)
                .filter(PolicyKind::isNightshift)
                .map(PolicyKind::word)
                .collect(Collectors.toSet());
        return new BarChart(
                        "Changing every row of a table behind a slow replica",
                        results.options().toString(),
                        all.stream().map(outcome -> outcome.policy().word()).toList(),
                        own,
                        List.of(
                                panel(
                                        all,
                                        "Replica caught up after",
                                        "%.0f s",
                                        0,
                                        seen -> seen.times().caughtUp()),
                                lag(all),
                                panel(all, "Table grew to", "%.2f x", 1, Outcome.Figures::growth)))
                .svg();
    }

    private static Panel lag(List<Outcome> all) {
        List<Bar> bars = bars(
                all,
                "%.1f s",
                seen -> Math.max(SHORTEST_LAG, seen.lag().seconds().p99()));
        return new Panel(
                "Lag of the replica, p99 (log)",
                bars,
                SHORTEST_LAG,
                true,
                OptionalDouble.of(Budget.USUAL.seconds()),
                String.format(Locale.ROOT, "budget %.0f s", Budget.USUAL.seconds()));
    }

    private static Panel panel(
            List<Outcome> all, String title, String form, double from, ToDoubleFunction<Outcome.Figures> figure) {
        return new Panel(title, bars(all, form, figure), from, false, OptionalDouble.empty(), "");
    }

    private static List<Bar> bars(List<Outcome> all, String form, ToDoubleFunction<Outcome.Figures> figure) {
        return all.stream()
                .map(outcome -> outcome.figures()
                        .map(seen -> figure.applyAsDouble(seen))
                        .map(value -> new Bar(OptionalDouble.of(value), String.format(Locale.ROOT, form, value)))
                        .orElse(new Bar(OptionalDouble.empty(), "failed")))
                .toList();
    }
}
