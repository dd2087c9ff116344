package dev.nightshift.guards.guard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The limits of every guard of a run: the plan's, and the defaults where it says nothing.
 *
 * @param probes what only this plan asks for
 * @param waived guards that are not judged, each with the last day of that
 * @param waivedReplicas replicas that are not judged, by name, each with the last day of that
 */
public record GuardSettings(
        Map<GuardKind, Limits> limits,
        List<Probe> probes,
        Map<GuardKind, LocalDate> waived,
        Map<String, LocalDate> waivedReplicas) {

    public static final GuardSettings DEFAULTS = new GuardSettings(Map.of());

    public GuardSettings {
        EnumMap<GuardKind, Limits> all = new EnumMap<>(GuardKind.class);
        for (GuardKind kind : GuardKind.values()) {
            all.put(kind, limits.getOrDefault(kind, Limits.NONE).filledFrom(kind.defaults()));
        }
        limits = Map.copyOf(all);
        probes = List.copyOf(probes);
        waived = Map.copyOf(waived);
        waivedReplicas = Map.copyOf(waivedReplicas);
    }

    public GuardSettings(Map<GuardKind, Limits> limits) {
        this(limits, List.of());
    }

    public GuardSettings(Map<GuardKind, Limits> limits, List<Probe> probes) {
        this(limits, probes, Map.of(), Map.of());
    }

    /** With these guards waived up to and with their days, by UTC; never one that permits rest on. */
    public GuardSettings waiving(Map<GuardKind, LocalDate> until) {
        Map<GuardKind, LocalDate> may = new EnumMap<>(GuardKind.class);
        until.forEach((kind, day) -> {
            if (GuardKind.ofPlans().contains(kind)) {
                may.put(kind, day);
            }
        });
        return new GuardSettings(limits, probes, may, waivedReplicas);
    }

    /** With these replicas waived up to and with their days, by UTC. */
    public GuardSettings waivingReplicas(Map<String, LocalDate> until) {
        return new GuardSettings(limits, probes, waived, until);
    }

    /** The guards that are not judged at this instant. */
    Set<GuardKind> waivedAt(Instant at) {
        return holding(waived, at);
    }

    /** The names of the replicas that are not judged at this instant. */
    public Set<String> waivedReplicasAt(Instant at) {
        return holding(waivedReplicas, at);
    }

    private static <T> Set<T> holding(Map<T, LocalDate> waivers, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return waivers.entrySet().stream()
                .filter(waiver -> !day.isAfter(waiver.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
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
        return new GuardSettings(all, probes, waived, waivedReplicas);
    }
}
