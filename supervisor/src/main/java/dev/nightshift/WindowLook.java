package dev.nightshift;

import dev.nightshift.backup.BackupOutlook.Room;
import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.preflight.Hours;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.WindowSpec;
import dev.nightshift.postgres.PreflightFacts.CronJobs;
import dev.nightshift.time.OpenTime;
import dev.nightshift.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a plan may work, seen from now, and which jobs of pg_cron begin in that time. */
record WindowLook(Window window, ZoneId zone, Instant now) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

    /** A run without a window is looked at for so long. */
    private static final Duration NIGHT = Duration.ofHours(12);

    static WindowLook of(Plan plan, Instant now) {
        return new WindowLook(
                plan.window(), plan.windowSpec().map(WindowSpec::zone).orElse(ZoneOffset.UTC), now);
    }

    /** How long it is until the first write may come. */
    Duration untilOpen() {
        return Duration.between(now, opens());
    }

    /** From now, or from its next opening, until it closes, and how long it opens after that; empty when it never closes. */
    Optional<Room> room() {
        Instant opens = opens();
        return window.closesAt(opens).map(closes -> {
            Duration rest = Duration.between(opens, closes);
            return new Room(rest, window.openTime(closes).map(OpenTime::length).orElse(rest));
        });
    }

    Hours hours(CronJobs jobs) {
        Instant opens = opens();
        Instant closes = window.closesAt(opens).orElse(opens.plus(NIGHT));
        List<String> begin = jobs.jobs().stream()
                .filter(job -> beginsBetween(job.schedule(), opens, closes))
                .map(job -> job.name() + " (" + job.schedule() + ")")
                .toList();
        return new Hours(text(opens), begin, jobs.hidden());
    }

    private Instant opens() {
        return window.isOpen(now) ? now : window.nextOpening(now).orElse(now);
    }

    private String text(Instant opens) {
        Optional<Instant> closes = window.closesAt(opens);
        if (closes.isEmpty()) {
            return "the plan names no hours";
        }
        return opens.equals(now)
                ? "open until " + time(closes.get())
                : "opens " + time(opens) + " (in "
                        + Unit.text(Duration.ofMinutes(untilOpen().toMinutes() + 1)) + "), closes "
                        + time(closes.get());
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone)) + " " + zone;
    }

    /** pg_cron counts in GMT; what is no cron line, such as {@code 30 seconds}, comes all the time. */
    private static boolean beginsBetween(String schedule, Instant from, Instant to) {
        try {
            return Window.opening(schedule, Duration.ofMinutes(1), ZoneOffset.UTC, List.of())
                    .nextOpening(from)
                    .filter(at -> at.isBefore(to))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
