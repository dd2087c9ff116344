package dev.nightshift.cli.screen;

import dev.nightshift.run.StepRecord;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.RunSummary;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The last screen of a run, to be pasted into a ticket: what it did, what it cost, what is left to do. */
public final class SummaryLines {

    private final DateTimeFormatter time;

    public SummaryLines(ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    }

    public List<Line> of(RunSummary summary, int width) {
        Flow flow = new Flow(width);
        flow.ends(
                Line.of(Style.BOLD, summary.run().plan())
                        .plus(" · run " + summary.run().id() + " · ")
                        .plus(
                                StateStyle.of(summary.run().state()),
                                summary.run().state().word()),
                Line.EMPTY);
        Outcome.add(flow, summary.run().state());
        flow.labelled("took", Line.of(took(summary)));
        flow.labelled("work", Line.of(Quantity.count(summary.rows()) + " rows"), Line.of(wal(summary)));
        for (RunSummary.Peak peak : summary.peaks()) {
            flow.labelled("peak", Line.of(peak(peak)), Line.of(Style.DIM, time.format(peak.at())));
        }
        for (RunSummary.Interruption stop : summary.interruptions()) {
            flow.labelled(stop.kind(), Line.of(interruption(stop)));
        }
        flow.labelled("backup", Line.of(backup(summary)));
        summary.steps().stream().filter(SummaryLines::counts).forEach(step -> step(flow, summary, step));
        summary.left().forEach(left -> flow.labelled("left", Line.of(Style.BAD, left)));
        flow.labelled("next", Line.of(Style.BOLD, summary.next()));
        return flow.lines();
    }

    /** The abort plan is of no interest to a run that did not need it. */
    static boolean counts(StepRecord step) {
        return !step.abort() || step.state() != StepRecord.State.PENDING;
    }

    /** A step that was running when the run ended runs no more. */
    static String state(RunSummary summary, StepRecord step) {
        boolean stopped = step.state() == StepRecord.State.RUNNING
                && summary.run().state().isEnd();
        return stopped ? "stopped" : step.state().name().toLowerCase(Locale.ROOT);
    }

    static String peak(RunSummary.Peak peak) {
        String who = peak.subject().isEmpty() ? peak.signal() : peak.signal() + " " + peak.subject();
        return who + " " + peak.value() + (peak.limit().isEmpty() ? "" : " of " + peak.limit());
    }

    static String interruption(RunSummary.Interruption stop) {
        String times = stop.times() == 1 ? "once" : stop.times() + " times";
        return Quantity.time(stop.took()) + ", " + times + ": " + stop.reason();
    }

    static String backup(RunSummary summary) {
        boolean begun = summary.steps().stream().anyMatch(step -> step.state() != StepRecord.State.PENDING);
        return summary.backup()
                .map(b -> b.none()
                        ? "none"
                        : b.id() + " " + b.state() + " (" + b.verification()
                                + (b.bytes().isPresent()
                                        ? ", " + Quantity.bytes(b.bytes().getAsLong())
                                        : "")
                                + ") " + b.location()
                                + LimitLines.restoreLoses(b)
                                        .map(loses -> "; " + loses)
                                        .orElse(""))
                .orElse(begun ? "none: the plan wants none" : "none taken");
    }

    private String took(RunSummary summary) {
        String from = summary.run().startedAt().map(this::at).orElse("not started");
        String to = summary.run().endedAt().map(this::at).orElse("now");
        return Quantity.time(summary.took()) + " (" + from + " to " + to + ")";
    }

    private String at(Instant instant) {
        return time.format(instant);
    }

    static String wal(RunSummary summary) {
        String own = summary.walBytes() == 0 ? "no WAL" : "at most " + Quantity.bytes(summary.walBytes()) + " of WAL";
        return summary.serverWalBytes().isPresent()
                ? own + "; the whole server wrote "
                        + Quantity.bytes(summary.serverWalBytes().getAsLong())
                : own;
    }

    private static void step(Flow flow, RunSummary summary, StepRecord step) {
        Style style = switch (step.state()) {
            case DONE -> Style.GOOD;
            case FAILED, UNCLEAR -> Style.BAD;
            default -> Style.PLAIN;
        };
        String rows = step.rowsDone() > 0 ? ", " + Quantity.count(step.rowsDone()) + " rows" : "";
        String note = step.note().isEmpty() ? "" : ", " + step.note();
        flow.labelled(
                step.abort() ? "abort" : "step",
                Line.of(step.name() + " (" + step.kind() + ") ")
                        .plus(style, state(summary, step))
                        .plus(rows + note));
    }
}
