package dev.nightshift.run;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The set of holders of a run, one of each kind at most; the run goes on when it is empty. */
public record Holders(Map<Holder.Kind, Holder> byKind) {

    public static final Holders NONE = new Holders(Map.of());

    public Holders {
        EnumMap<Holder.Kind, Holder> ordered = new EnumMap<>(Holder.Kind.class);
        ordered.putAll(byKind);
        byKind = Collections.unmodifiableMap(ordered);
    }

    public static Holders of(Collection<Holder> holders) {
        return new Holders(holders.stream().collect(Collectors.toMap(Holder::kind, h -> h)));
    }

    public boolean isEmpty() {
        return byKind.isEmpty();
    }

    public Optional<Holder> of(Holder.Kind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** With {@code holder} in place of an earlier one of its kind. */
    public Holders with(Holder holder) {
        EnumMap<Holder.Kind, Holder> next = new EnumMap<>(Holder.Kind.class);
        next.putAll(byKind);
        next.put(holder.kind(), holder);
        return new Holders(next);
    }

    public Holders without(Holder.Kind kind) {
        EnumMap<Holder.Kind, Holder> next = new EnumMap<>(Holder.Kind.class);
        next.putAll(byKind);
        next.remove(kind);
        return new Holders(next);
    }

    /** The reasons, one after the other. */
    @Override
    public String toString() {
        return byKind.values().stream()
                .map(h -> h.kind().name().toLowerCase(java.util.Locale.ROOT) + ": " + h.reason())
                .collect(Collectors.joining("; "));
    }
}
