package dev.nightshift.plan;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Probe;
import dev.nightshift.guards.guard.Unit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The limits under which a guard lets a run work; those that no plan can change are left out.
 *
 * @param limits as people read them; a level that the guard does not have is missing
 * @param name of what only this plan asks for, else empty
 * @param asks the question of such a guard and whom it asks, else empty
 * @param byDefault the plan changes none of them
 */
public record GuardOutline(GuardKind guard, String name, String asks, Map<Level, String> limits, boolean byDefault) {

    public GuardOutline {
        limits = Map.copyOf(limits);
    }

    static List<GuardOutline> of(GuardSettings settings) {
        return Stream.concat(
                        GuardKind.ofPlans().stream()
                                .filter(kind -> !kind.isProbe())
                                .map(kind -> of(kind, settings)),
                        settings.probes().stream().map(GuardOutline::of))
                .toList();
    }

    /** {@code replica-lag}, {@code prometheus p99}. */
    public String title() {
        return name.isEmpty() ? guard.key() : guard.key() + " " + name;
    }

    private static GuardOutline of(Probe probe) {
        Map<Level, String> limits = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            probe.limits()
                    .at(level)
                    .ifPresent(limit -> limits.put(level, limit.comparison().text() + " " + text(probe.kind(), limit)));
        }
        String whom = probe.source().isEmpty() ? "" : " at " + probe.source();
        String within = ", within " + StepSentences.time(probe.timeout());
        return new GuardOutline(
                probe.kind(), probe.name(), StepSentences.oneLine(probe.question()) + whom + within, limits, false);
    }

    private static GuardOutline of(GuardKind kind, GuardSettings settings) {
        Map<Level, String> limits = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            settings.of(kind).at(level).ifPresent(limit -> limits.put(level, text(kind, limit)));
        }
        return new GuardOutline(kind, "", "", limits, settings.of(kind).equals(kind.defaults()));
    }

    private static String text(GuardKind kind, Limit limit) {
        String lasting = limit.lasting().isZero() ? "" : " for " + StepSentences.time(limit.lasting());
        boolean atOnce = kind.unit() == Unit.DURATION && limit.value() == 0;
        return (atOnce ? "at once" : kind.unit().text(limit.value())) + lasting;
    }
}
