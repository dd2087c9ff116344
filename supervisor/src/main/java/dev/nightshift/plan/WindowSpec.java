package dev.nightshift.plan;

import dev.nightshift.time.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * The window as the plan writes it.
 *
 * @param opens a cron line of five fields, on the wall clock of {@code zone}
 * @param except local dates on which it does not open
 */
public record WindowSpec(String opens, Duration lasts, ZoneId zone, List<LocalDate> except) {

    public WindowSpec {
        except = except.stream().distinct().sorted().toList();
        buildWindow(opens, lasts, zone, except);
    }

    public Window window() {
        return buildWindow(opens, lasts, zone, except);
    }

    private static Window buildWindow(String opens, Duration lasts, ZoneId zone, List<LocalDate> except) {
        return Window.opening(opens, lasts, zone, Set.copyOf(except));
    }
}
