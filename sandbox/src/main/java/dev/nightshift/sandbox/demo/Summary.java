package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.LoadReport;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo's last screen: what happened, as the journal and the tables have it. */
record Summary(Story story, long rows, BadLink link, LoadReport load, List<Checks.Check> checks) {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("run", story.run() + " " + story.state()));
        lines.add(line("backup", backup()));
        lines.add(line("rows", String.format(Locale.ROOT, "%,d done of %,d", story.rowsDone(), rows)));
        story.peaks().forEach(peak -> lines.add(line("lag peak", peak(peak))));
        lines.add(line("link", linkStory()));
        for (Interruption interruption : story.interruptions()) {
            lines.add(line(
                    interruption.kind() == Interruption.Kind.HELD ? "held" : "slowed",
                    CLOCK.format(interruption.from()) + " for " + seconds(interruption.length()) + ": "
                            + interruption.reason()));
        }
        lines.add(line("shop", load.toString()));
        long passed = checks.stream().filter(Checks.Check::passed).count();
        lines.add(line("checks", passed + " of " + checks.size() + " passed"));
        checks.forEach(check -> lines.add(line(
                "",
                (check.passed() ? "ok      " : "FAILED  ")
                        + check.name()
                        + (check.passed() ? "" : ": found " + check.found()))));
        return lines;
    }

    private String backup() {
        return story.backup()
                .map(backup -> String.format(
                        Locale.ROOT,
                        "taken and %s (%s, %.1f MiB)",
                        backup.state(),
                        backup.verification(),
                        backup.bytes() / (double) (1 << 20)))
                .orElse("none, as the plan says");
    }

    private String peak(Story.Peak peak) {
        boolean bytes = peak.signal().equals("replica-bytes");
        String value = bytes
                ? String.format(Locale.ROOT, "%.1f MiB", peak.value() / (1 << 20))
                : String.format(Locale.ROOT, "%.1f s", peak.value());
        return peak.subject() + " " + value + ", holds at " + (bytes ? DemoPlan.HOLD_BYTES : DemoPlan.HOLD_LAG);
    }

    private String linkStory() {
        return BadLink.megabits(BadLink.GOOD)
                + link.struck()
                        .map(at -> "; from " + CLOCK.format(at) + " only "
                                + link.spell().story())
                        .orElse(", and nothing happened to it before the run ended");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    private static String line(String label, String text) {
        return String.format(Locale.ROOT, "%-10s%s", label, text);
    }
}
