package dev.nightshift.guards.guard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The limits of every guard of a run: the plan's, and the defaults where it says nothing.
 *
 * @param probes what only this plan asks for
 * @param waived guards that are not judged, each with the last day of that
 */
public record GuardSettings(Map<GuardKind, Limits> limits, List<Probe> probes, Map<GuardKind, LocalDate> waived) {

    public static final GuardSettings DEFAULTS = new GuardSettings(Map.of());

    public GuardSettings {
        EnumMap<GuardKind, Limits> all = new EnumMap<>(GuardKind.class);
        for (GuardKind kind : GuardKind.values()) {
            all.put(kind, limits.getOrDefault(kind, Limits.NONE).filledFrom(kind.defaults()));
        }
        limits = Map.copyOf(all);
        probes = List.copyOf(probes);
        waived = Map.copyOf(waived);
    }

    public GuardSettings(Map<GuardKind, Limits> limits) {
        this(limits, List.of());
    }

    public GuardSettings(Map<GuardKind, Limits> limits, List<Probe> probes) {
        this(limits, probes, Map.of());
    }

    /** With these guards waived up to and with their days, by UTC; never one that permits rest on. */
    public GuardSettings waiving(Map<GuardKind, LocalDate> until) {
        Map<GuardKind, LocalDate> may = new EnumMap<>(GuardKind.class);
        until.forEach((kind, day) -> {
            if (GuardKind.ofPlans().contains(kind)) {
                may.put(kind, day);
            }
        });
        return new GuardSettings(limits, probes, may);
    }

    /** The guards that are not judged at this instant. */
    List<GuardKind> waivedAt(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return waived.entrySet().stream()
                .filter(waiver -> !day.isAfter(waiver.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    public Limits of(GuardKind kind) {
        return limits.getOrDefault(kind, kind.defaults());
    }

    /** The limits for one subject of a guard; those of a probe are its own. */
    public Limits of(GuardKind kind, String subject) {
        return probes.stream()
                .filter(probe -> probe.kind() == kind && probe.name().equals(subject))
                .map(Probe::limits)
                .findFirst()
                .orElseGet(() -> of(kind));
    }

    /** The value at which this guard holds; infinite when it never does. */
    double holdsAt(GuardKind kind) {
        return of(kind).at(Level.HOLD).orElse(Limit.NEVER).value();
    }

    /** The value from which this guard slows; infinite when it never does. */
    double slowsAt(GuardKind kind) {
        return of(kind).at(Level.SLOW).orElse(Limit.NEVER).value();
    }

    public GuardSettings with(GuardKind kind, Limits changed) {
        EnumMap<GuardKind, Limits> all = new EnumMap<>(GuardKind.class);
        all.putAll(limits);
        all.put(kind, changed.filledFrom(of(kind)));
        return new GuardSettings(all, probes, waived);
    }
}
