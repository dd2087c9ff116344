package dev.nightshift.plan;

import dev.nightshift.time.Days;
import dev.nightshift.time.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * The window as the plan writes it.
 *
 * @param opens a cron line of five fields, on the wall clock of {@code zone}
 * @param except local days on which it does not open; one that opened the day before stays open into them
 */
public record WindowSpec(String opens, Duration lasts, ZoneId zone, List<Days> except) {

    public WindowSpec {
        except = except.stream()
                .distinct()
                .sorted(Comparator.comparing(Days::first).thenComparing(Days::last))
                .toList();
        buildWindow(opens, lasts, zone, except);
    }

    public Window window() {
        return buildWindow(opens, lasts, zone, except);
    }

    private static Window buildWindow(String opens, Duration lasts, ZoneId zone, List<Days> except) {
        return Window.opening(opens, lasts, zone, except);
    }
}
