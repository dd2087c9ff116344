package dev.nightshift.cli.screen;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts the limits of a guard into words: {@code slow 2 s, hold 5 s, abort 5 min}. */
public final class GuardLimits {

    private GuardLimits() {}

    /** All of them in one line; a level that is never reached is left out. */
    public static String text(GuardKind guard, Limits limits) {
        List<String> words = new ArrayList<>();
        for (Level level : Level.values()) {
            limits.at(level)
                    .filter(limit -> !limit.equals(Limit.NEVER))
                    .ifPresent(limit -> words.add(level.name().toLowerCase(Locale.ROOT) + " " + text(guard, limit)));
        }
        return String.join(", ", words);
    }

    private static String text(GuardKind guard, Limit limit) {
        String lasting = limit.lasting().isZero() ? "" : " for " + Unit.text(limit.lasting());
        boolean atOnce = guard.unit() == Unit.DURATION && limit.value() == 0;
        return (atOnce ? "at once" : compared(guard, limit) + guard.unit().text(limit.value())) + lasting;
    }

    private static String compared(GuardKind guard, Limit limit) {
        if (guard.isProbe()) {
            return limit.comparison().text() + " ";
        }
        return limit.comparison().fallsBad() ? "at most " : "";
    }
}
