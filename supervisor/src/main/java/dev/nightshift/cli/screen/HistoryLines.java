package dev.nightshift.cli.screen;

import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.RunView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists of runs, events and backups as tables. */
public final class HistoryLines {

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final DateTimeFormatter time;

    public HistoryLines(ZoneId zone) {
        this.time = DAY_AND_TIME.withZone(zone);
    }

    public List<Line> runs(List<RunView> runs) {
        int plan = widest("PLAN", runs.stream().map(RunView::plan).toList());
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(
                Style.DIM,
                pad("RUN", 8) + pad("PLAN", plan) + pad("STATE", 18) + pad("BEGUN", 21) + pad("TOOK", 14) + "BY"));
        for (RunView run : runs) {
            lines.add(Line.of(pad(run.id().text(), 8) + pad(run.plan(), plan))
                    .plus(StateStyle.of(run.state()), pad(run.state().word(), 18))
                    .plus(pad(time.format(run.createdAt()), 21) + pad(took(run), 14) + run.by()));
        }
        return lines;
    }

    public List<Line> events(List<EventView> events) {
        return events.stream().flatMap(this::event).toList();
    }

    /** What a tool printed has a line for each of its own. */
    private Stream<Line> event(EventView event) {
        List<String> text = event.message().lines().toList();
        boolean one = text.size() <= 1;
        Line head = Line.of(Style.DIM, time.format(event.at()) + "  ")
                .plus(StateStyle.ofEvent(event.kind()), pad(event.kind(), 13))
                .plus(event.subject().isEmpty() ? "" : event.subject() + ": ")
                .plus(one ? event.message() : "");
        return one
                ? Stream.of(head)
                : Stream.concat(Stream.of(head), text.stream().map(line -> Line.of("  " + line)));
    }

    public List<Line> backups(List<BackupView> backups) {
        List<Line> lines = new ArrayList<>();
        int id = widest("BACKUP", backups.stream().map(BackupView::id).toList());
        int how = Math.max(
                13, widest("HOW", backups.stream().map(BackupView::verification).toList()));
        lines.add(Line.of(
                Style.DIM,
                pad("BACKUP", id) + pad("RUN", 8) + pad("KIND", 10) + pad("STATE", 10) + pad("VERIFIED", 21)
                        + pad("HOW", how) + pad("SIZE", 10) + "LOCATION"));
        for (BackupView backup : backups) {
            String size =
                    backup.bytes().isPresent() ? Quantity.bytes(backup.bytes().getAsLong()) : "-";
            lines.add(Line.of(pad(backup.id(), id) + pad(backup.run(), 8) + pad(backup.kind(), 10))
                    .plus(style(backup), pad(backup.state(), 10))
                    .plus(pad(backup.verifiedAt().map(this::text).orElse("-"), 21)
                            + pad(backup.verification(), how)
                            + pad(size, 10)
                            + backup.location()));
        }
        return lines;
    }

    private static Style style(BackupView backup) {
        if (backup.verified()) {
            return Style.GOOD;
        }
        return backup.state().equals("failed") ? Style.BAD : Style.DIM;
    }

    private String text(Instant instant) {
        return time.format(instant);
    }

    private static String took(RunView run) {
        if (run.startedAt().isEmpty() || run.endedAt().isEmpty()) {
            return "-";
        }
        return Quantity.time(
                Duration.between(run.startedAt().get(), run.endedAt().get()));
    }

    private static int widest(String head, List<String> texts) {
        return 2
                + Math.max(
                        head.length(),
                        texts.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
