package dev.nightshift.cli.screen;

import dev.nightshift.plan.WindowSpec;
import dev.nightshift.time.Days;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.WindowCalendar;
import dev.nightshift.view.WindowCalendar.Entry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Openings and closes of a window as lines: in its own zone, and in UTC. */
public final class WindowLines {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String INDENT = "    ";

    private WindowLines() {}

    public static List<Line> of(WindowCalendar calendar) {
        List<Line> lines = new ArrayList<>();
        for (Entry entry : calendar.entries()) {
            if (!entry.skipped().isEmpty()) {
                String days = entry.skipped().stream().map(Days::toString).collect(Collectors.joining(", "));
                lines.add(Line.of(Style.CAREFUL, "does not open on " + days + " (except)"));
            }
            lines.add(time(calendar, entry));
            entry.notes().forEach(note -> lines.add(Line.of(Style.CAREFUL, INDENT + note)));
        }
        if (lines.isEmpty()) {
            lines.add(Line.of(Style.CAREFUL, "does not open again"));
        }
        return lines;
    }

    private static Line time(WindowCalendar calendar, Entry entry) {
        String from = entry.open() ? "open now, since before " : "opens ";
        String to = entry.closes()
                .map(close -> "  closes " + calendar.localAfter(entry.opens(), close))
                .orElse("  stays open for more than a month");
        String utc = UTC.format(entry.opens())
                + entry.closes().map(close -> " to " + UTC.format(close)).orElse("");
        return Line.of(from)
                .plus(Style.BOLD, calendar.local(entry.opens()))
                .plus(to)
                .plus(Style.DIM, "  " + offset(calendar, entry.opens()) + "  (UTC " + utc + ")");
    }

    private static String offset(WindowCalendar calendar, Instant at) {
        return calendar.zone().getRules().getOffset(at).getId();
    }

    /** The rule by which it opens. */
    public static String title(WindowSpec spec) {
        return "'" + spec.opens() + "' for " + Quantity.time(spec.lasts()) + ", " + spec.zone();
    }

    /** In one sentence, whether it is open, and until when. */
    public static String check(WindowCalendar calendar) {
        String at = " at " + calendar.local(calendar.at()) + " " + calendar.zone() + " (" + calendar.at() + ")";
        if (calendar.entries().isEmpty()) {
            return "closed" + at + ", and does not open again";
        }
        Entry first = calendar.entries().get(0);
        if (!calendar.isOpen()) {
            return "closed" + at + ", opens " + calendar.local(first.opens()) + " (" + first.opens() + ")"
                    + skipped(first);
        }
        return "open" + at
                + first.closes()
                        .map(close -> ", closes " + calendar.local(close) + " (" + close + ")")
                        .orElse(", for more than a month");
    }

    private static String skipped(Entry first) {
        return first.skipped().isEmpty()
                ? ""
                : "; not on "
                        + first.skipped().stream().map(Days::toString).collect(Collectors.joining(", "))
                        + " (except)";
    }
}
