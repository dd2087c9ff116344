package dev.nightshift.cli.screen;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.Outcome;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.plan.Plan;
import dev.nightshift.view.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A preflight: each check with what was seen, and what to do about those that did not pass. The worst comes last: that is
 * where a terminal stands when the lines above have left it.
 */
public final class PreflightLines {

    private static final int OUTCOME = 9;
    private static final int TEXT = 30;
    private static final List<Outcome> WORSE = List.of(Outcome.PASS, Outcome.WARN, Outcome.UNKNOWN, Outcome.FAIL);

    private PreflightLines() {}

    /** Lines of at most {@code width} columns. */
    public static List<Line> of(Plan plan, PreflightReport report, int width) {
        Flow flow = new Flow(width);
        flow.row(Line.of(Style.BOLD, plan.name() + " · " + plan.database()), List.of(), 0);
        blank(flow);
        List<CheckResult> sorted = report.results().stream()
                .sorted(Comparator.comparingInt(PreflightLines::rank))
                .toList();
        sorted.stream().filter(result -> result.outcome() == Outcome.PASS).forEach(result -> check(flow, result));
        if (!report.forecasts().isEmpty()) {
            blank(flow);
            report.forecasts().forEach(forecast -> forecast(flow, forecast));
            together(flow, report.forecasts());
        }
        blank(flow);
        sorted.stream().filter(result -> result.outcome() != Outcome.PASS).forEach(result -> check(flow, result));
        if (report.count(Outcome.PASS) < sorted.size()) {
            blank(flow);
        }
        flow.row(verdict(report), List.of(), 0);
        return flow.lines();
    }

    /** What is waived stops nothing, and is worth a look. */
    private static int rank(CheckResult result) {
        return result.waived().isPresent() ? WORSE.indexOf(Outcome.WARN) : WORSE.indexOf(result.outcome());
    }

    private static void check(Flow flow, CheckResult result) {
        String word = result.waived().isPresent() ? "waived" : result.outcome().word();
        Line start = Line.of(style(result), pad(word, OUTCOME))
                .plus(pad(result.check().id(), TEXT - OUTCOME));
        flow.row(start, List.of(Line.of(result.seen())), TEXT);
        result.waived()
                .ifPresentOrElse(
                        reason -> below(
                                flow,
                                Line.of(Style.DIM, result.outcome().word() + ", and the plan waives it: " + reason)),
                        () -> {
                            if (!result.remedy().isEmpty()) {
                                below(flow, Line.of(Style.BOLD, "do: ").plus(result.remedy()));
                            }
                        });
    }

    private static void forecast(Flow flow, WalForecast forecast) {
        String text = "about " + Quantity.count(forecast.rows()) + " rows of " + forecast.table() + ", "
                + writes(forecast.walBytes(), forecast.growthBytes()) + ": "
                + forecast.basis().words();
        flow.row(label(forecast.step()), List.of(Line.of(text)), TEXT);
    }

    private static void together(Flow flow, List<WalForecast> all) {
        if (all.size() > 1) {
            double wal = all.stream().mapToDouble(WalForecast::walBytes).sum();
            double growth = all.stream().mapToDouble(WalForecast::growthBytes).sum();
            flow.row(label(""), List.of(Line.of("together " + writes(wal, growth))), TEXT);
        }
    }

    private static Line label(String step) {
        return Line.of(Style.DIM, pad("forecast", OUTCOME)).plus(pad(step, TEXT - OUTCOME));
    }

    private static String writes(double wal, double growth) {
        return Quantity.bytes(wal) + " of WAL, " + Quantity.bytes(growth) + " of growth";
    }

    private static void below(Flow flow, Line text) {
        flow.row(Line.of(" ".repeat(TEXT)), List.of(text), TEXT);
    }

    private static void blank(Flow flow) {
        flow.row(Line.EMPTY, List.of(), 0);
    }

    private static Line verdict(PreflightReport report) {
        String counts = String.format(
                Locale.ROOT,
                "%d passed, %d to look at, %d failed, %d not known, %d waived; nothing was changed",
                report.count(Outcome.PASS),
                unwaived(report, Outcome.WARN),
                unwaived(report, Outcome.FAIL),
                unwaived(report, Outcome.UNKNOWN),
                report.results().stream()
                        .filter(result -> result.waived().isPresent())
                        .count());
        String ids = report.stopping().stream()
                .map(result -> result.check().id())
                .distinct()
                .collect(Collectors.joining(", "));
        return report.refused()
                ? Line.of(Style.BAD, "a run would not start").plus(" because of " + ids + ": " + counts)
                : Line.of(Style.GOOD, "a run would start").plus(": " + counts);
    }

    private static long unwaived(PreflightReport report, Outcome outcome) {
        return report.results().stream()
                .filter(result -> result.outcome() == outcome && result.waived().isEmpty())
                .count();
    }

    private static Style style(CheckResult result) {
        if (result.stops()) {
            return Style.BAD;
        }
        return result.outcome() == Outcome.PASS ? Style.GOOD : Style.CAREFUL;
    }

    private static String pad(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text + " ";
    }
}
