package dev.nightshift.bench.side;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.bench.report.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results as a table, one policy a line. */
final class ResultTable {
    private static final double MEGABYTE = 1e6;

    /** Between the best and the worst of a few rounds on a machine without other work. */
    private static final double QUIET = 2;

    private static final List<String> HEAD = List.of(
            "policy",
            "first s",
            "done s",
            "caught up s",
            "x link",
            "WAL MB",
            "growth",
            "HOT %",
            "lag p50/p99/max s",
            "lag p50/p99/max MB",
            "over budget",
            "app p50/p95/p99/max ms",
            "p99 alone",
            "x alone",
            "turns/min",
            "rows once");

    private ResultTable() {}

    static String text(Results results) {
        return table(results).text() + failures(results, "") + noise(results, "");
    }

    static String markdown(Results results) {
        return "%s\n\n```sh\n%s\n```\n\n%s%s\n%s\n"
                .formatted(
                        results.options(),
                        results.options().command(),
                        table(results).markdown(),
                        failures(results, "\n") + noise(results, "\n"),
                        thresholds(results).markdown());
    }

    private static Table table(Results results) {
        return new Table(
                HEAD,
                results.outcomes().stream()
                        .map(outcome -> outcome.figures()
                                .map(seen -> cells(outcome, seen))
                                .orElse(List.of(outcome.policy().word(), "failed")))
                        .toList());
    }

    private static List<String> cells(Outcome outcome, Outcome.Figures seen) {
        return List.of(
                outcome.policy().word(),
                form("%.1f", seen.times().first()),
                form("%.1f", seen.times().done()),
                form("%.1f", seen.times().caughtUp()),
                seen.linkRatio().isPresent() ? form("%.2f", seen.linkRatio().getAsDouble()) : "-",
                form("%,.0f", seen.wal() / MEGABYTE),
                form("%.2f", seen.growth()),
                form("%.0f", seen.hot() * 100),
                form("%.1f / %.1f / %.1f", seen.lag().seconds()),
                form("%.0f / %.0f / %.0f", scaled(seen.lag().bytes())),
                form("%.0f %%", seen.lag().overBudget() * 100),
                form(
                        "%.1f / %.1f / %.1f / %.0f",
                        millis(seen.load().p50()),
                        millis(seen.load().p95()),
                        millis(seen.load().p99()),
                        millis(seen.load().longest())),
                form("%.1f", millis(seen.alone().p99())),
                form("%.2f", seen.latencyRatio()),
                form("%.1f", seen.turnsPerMinute()),
                form("%,d of %,d", seen.once(), seen.rows()));
    }

    private static Table thresholds(Results results) {
        return new Table(
                List.of("threshold", "asked", "seen", ""),
                results.thresholds().stream()
                        .map(one -> List.of(one.what(), one.asked(), one.seen(), one.holds() ? "holds" : "**fails**"))
                        .toList());
    }

    private static String failures(Results results, String gap) {
        return results.outcomes().stream()
                .flatMap(outcome -> outcome.failure().stream()
                        .map(why -> gap + outcome.policy().word() + " failed: " + why + "\n"))
                .collect(Collectors.joining());
    }

    private static String noise(Results results, String gap) {
        double noise = results.noise();
        return noise <= QUIET
                ? ""
                : gap
                        + form(
                                "NOTE: alone, the same load's p99 differed by %.1f times from policy to policy: other work on"
                                        + " this machine makes the application's figures worth little.%n",
                                noise);
    }

    private static Spread scaled(Spread bytes) {
        return new Spread(bytes.p50() / MEGABYTE, bytes.p99() / MEGABYTE, bytes.max() / MEGABYTE);
    }

    private static String form(String form, Spread spread) {
        return form(form, spread.p50(), spread.p99(), spread.max());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static String form(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
