package dev.nightshift.plan;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Unit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The limits under which a guard lets a run work; those that no plan can change are left out.
 *
 * @param limits as people read them; a level that the guard does not have is missing
 * @param byDefault the plan changes none of them
 */
public record GuardOutline(GuardKind guard, Map<Level, String> limits, boolean byDefault) {

    public GuardOutline {
        limits = Map.copyOf(limits);
    }

    static List<GuardOutline> of(GuardSettings settings) {
        return GuardKind.ofPlans().stream().map(kind -> of(kind, settings)).toList();
    }

    private static GuardOutline of(GuardKind kind, GuardSettings settings) {
        Map<Level, String> limits = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            settings.of(kind).at(level).ifPresent(limit -> limits.put(level, text(kind, limit)));
        }
        return new GuardOutline(kind, limits, settings.of(kind).equals(kind.defaults()));
    }

    private static String text(GuardKind kind, Limit limit) {
        String lasting = limit.lasting().isZero() ? "" : " for " + StepSentences.time(limit.lasting());
        boolean atOnce = kind.unit() == Unit.DURATION && limit.value() == 0;
        return (atOnce ? "at once" : kind.unit().text(limit.value())) + lasting;
    }
}
