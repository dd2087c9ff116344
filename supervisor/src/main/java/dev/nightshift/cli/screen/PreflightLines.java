package dev.nightshift.cli.screen;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.Outcome;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.plan.Plan;
import dev.nightshift.view.Quantity;
import java.util.List;
import java.util.Locale;

/** A preflight: each check with what was seen, and what to do about those that did not pass. */
public final class PreflightLines {

    private static final int OUTCOME = 9;
    private static final int TEXT = 30;

    private PreflightLines() {}

    /** Lines of at most {@code width} columns. */
    public static List<Line> of(Plan plan, PreflightReport report, int width) {
        Flow flow = new Flow(width);
        flow.row(Line.of(Style.BOLD, plan.name() + " · " + plan.database()), List.of(), 0);
        flow.row(Line.EMPTY, List.of(), 0);
        report.results().forEach(result -> check(flow, result));
        report.forecasts().forEach(forecast -> forecast(flow, forecast));
        flow.row(Line.EMPTY, List.of(), 0);
        flow.row(verdict(report), List.of(), 0);
        return flow.lines();
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
        Line start = Line.of(Style.DIM, pad("forecast", OUTCOME)).plus(pad(forecast.step(), TEXT - OUTCOME));
        String text = "about " + Quantity.count(forecast.rows()) + " rows of " + forecast.table() + ", "
                + Quantity.bytes(forecast.walBytes()) + " of WAL, " + Quantity.bytes(forecast.growthBytes())
                + " of growth before a vacuum";
        flow.row(start, List.of(Line.of(text)), TEXT);
    }

    private static void below(Flow flow, Line text) {
        flow.row(Line.of(" ".repeat(TEXT)), List.of(text), TEXT);
    }

    private static Line verdict(PreflightReport report) {
        String counts = String.format(
                Locale.ROOT,
                "%d passed, %d to look at, %d failed, %d not known",
                report.count(Outcome.PASS),
                report.count(Outcome.WARN),
                report.count(Outcome.FAIL),
                report.count(Outcome.UNKNOWN));
        return report.refused()
                ? Line.of(Style.BAD, "a run would not start").plus(": " + counts + "; nothing was changed")
                : Line.of(Style.GOOD, "a run would start").plus(": " + counts + "; nothing was changed");
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
