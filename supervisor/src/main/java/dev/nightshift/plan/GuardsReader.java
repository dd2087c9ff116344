package dev.nightshift.plan;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Probe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code guards}: for each guard the limits that differ from its defaults. */
final class GuardsReader {

    static final List<String> KNOWN =
            GuardKind.ofPlans().stream().map(GuardKind::key).toList();

    private GuardsReader() {}

    static GuardSettings read(Value guards) {
        Map<GuardKind, Limits> limits = new EnumMap<>(GuardKind.class);
        List<Probe> probes = new ArrayList<>();
        if (!guards.isMapping()) {
            guards.wrong("a mapping from guards to their limits", "");
            return GuardSettings.DEFAULTS;
        }
        Fields.entries(guards).forEach((name, value) -> {
            Optional<GuardKind> kind = GuardKind.named(name);
            if (kind.isPresent() && !KNOWN.contains(name)) {
                value.problemWithKey("expected a guard whose limits a plan may set, found '" + name
                        + "'; permits rest on it, so its limits are fixed");
            } else if (kind.isPresent() && kind.get().isProbe()) {
                probes.addAll(ProbesReader.read(kind.get(), value));
            } else if (kind.isPresent()) {
                limits.put(kind.get(), limits(kind.get(), value));
            } else {
                value.problemWithKey("expected one of " + String.join(", ", KNOWN) + ", found '" + name + "'"
                        + Suggestion.text(KNOWN, name));
            }
        });
        return new GuardSettings(limits, probes);
    }

    private static Limits limits(GuardKind kind, Value value) {
        Optional<Fields> fields = value.fields(Shape.LIMITS, "limits such as {hold: " + example(kind) + "}");
        Limits limits = Limits.NONE;
        for (Level level : Level.values()) {
            Optional<Value> written = fields.flatMap(known -> known.at(keyOf(level)));
            if (written.isPresent() && !kind.levels().contains(level)) {
                written.get()
                        .problem("expected only " + levels(kind) + " for " + kind.key() + ", found a limit for "
                                + keyOf(level));
            } else if (written.isPresent()) {
                Optional<Limit> limit = written.get().as(example(kind), text -> LimitText.parse(kind, level, text));
                limits = limit.isPresent() ? limits.with(level, limit.get()) : limits;
            }
        }
        if (fields.isPresent() && fields.get().sound()) {
            checkOrder(kind, limits, value);
        }
        return limits;
    }

    /** A hold below slow, or an abort below hold, is a slip of the pen; the defaults count as written. */
    private static void checkOrder(GuardKind kind, Limits written, Value value) {
        Limits effective = written.filledFrom(kind.defaults());
        Optional<Level> lower = Optional.empty();
        for (Level level : Level.values()) {
            if (effective.at(level).isEmpty()) {
                continue;
            }
            if (lower.isPresent() && isBelow(effective, level, lower.get())) {
                value.problem("expected " + keyOf(lower.get()) + " <= " + keyOf(level) + ", found "
                        + shown(kind, written, effective, lower.get()) + " and "
                        + shown(kind, written, effective, level));
            }
            lower = Optional.of(level);
        }
    }

    private static boolean isBelow(Limits limits, Level level, Level lower) {
        Limit limit = limits.at(level).orElseThrow();
        double other = limits.at(lower).orElseThrow().value();
        return limit.comparison().fallsBad() ? limit.value() > other : limit.value() < other;
    }

    private static String shown(GuardKind kind, Limits written, Limits effective, Level level) {
        return keyOf(level) + " "
                + kind.unit().text(effective.at(level).orElseThrow().value())
                + (written.at(level).isPresent() ? "" : " (the default)");
    }

    private static String levels(GuardKind kind) {
        return kind.levels().stream().map(GuardsReader::keyOf).collect(Collectors.joining(" and "));
    }

    static String keyOf(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private static String example(GuardKind kind) {
        return LimitText.example(kind.unit());
    }
}
