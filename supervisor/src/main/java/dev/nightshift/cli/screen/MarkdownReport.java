package dev.nightshift.cli.screen;

import dev.nightshift.run.StepRecord;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run's report as Markdown. */
public final class MarkdownReport {

    private final DateTimeFormatter time;

    public MarkdownReport(ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
    }

    public String of(RunSummary summary) {
        RunView run = summary.run();
        StringBuilder text = new StringBuilder();
        text.append("# ")
                .append(run.plan())
                .append(": ")
                .append(run.state().word())
                .append("\n\n");
        Outcome.of(run.state()).forEach(line -> row(text, line.label(), line.text()));
        row(text, "run", run.id() + " on database " + run.database() + ", begun by " + run.by());
        row(text, "plan hash", run.planHash());
        row(text, "started", run.startedAt().map(time::format).orElse("not started"));
        row(text, "ended", run.endedAt().map(time::format).orElse("not ended"));
        row(text, "took", Quantity.time(summary.took()));
        row(text, "work", Quantity.count(summary.rows()) + " rows, " + SummaryLines.wal(summary));
        row(text, "backup", SummaryLines.backup(summary));
        text.append("\n## What to do next\n\n").append(escaped(summary.next())).append('\n');
        summary.left().forEach(left -> text.append("- left: `").append(left).append("`\n"));
        steps(text, summary);
        list(
                text,
                "Peaks against their limits",
                summary.peaks().stream()
                        .map(peak -> SummaryLines.peak(peak) + " at " + time.format(peak.at()))
                        .collect(Collectors.toList()));
        list(
                text,
                "Slowed and held",
                summary.interruptions().stream()
                        .map(stop -> stop.kind() + " " + SummaryLines.interruption(stop))
                        .collect(Collectors.toList()));
        list(text, "What happened", summary.events().stream().map(this::event).collect(Collectors.toList()));
        return text.toString().stripTrailing();
    }

    private static void steps(StringBuilder text, RunSummary summary) {
        text.append(
                "\n## Steps\n\n| step | kind | state | rows | batches | note |\n| --- | --- | --- | --- | --- | --- |\n");
        for (StepRecord step :
                summary.steps().stream().filter(SummaryLines::counts).toList()) {
            text.append("| ")
                    .append(step.abort() ? "abort: " : "")
                    .append(step.name())
                    .append(" | ")
                    .append(step.kind())
                    .append(" | ")
                    .append(SummaryLines.state(summary, step))
                    .append(" | ")
                    .append(step.rowsDone())
                    .append(" | ")
                    .append(step.batches())
                    .append(" | ")
                    .append(escaped(step.note()))
                    .append(" |\n");
        }
    }

    private String event(EventView event) {
        String subject = event.subject().isEmpty() ? "" : event.subject() + ": ";
        return time.format(event.at()) + " **" + event.kind() + "** " + subject + event.line();
    }

    private static void list(StringBuilder text, String title, Iterable<String> lines) {
        text.append("\n## ").append(title).append("\n\n");
        boolean none = true;
        for (String line : lines) {
            text.append("- ").append(escaped(line)).append('\n');
            none = false;
        }
        if (none) {
            text.append("None.\n");
        }
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append("- ").append(name).append(": ").append(escaped(value)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
    }
}
