package dev.nightshift.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The set of holders of a run; the run goes on when it is empty. There is one of each kind at most, but one for each alert:
 * an alert that is over lets go of its own hold alone.
 *
 * @param all in the order of their kinds
 */
public record Holders(List<Holder> all) {

    public static final Holders NONE = new Holders(List.of());

    public Holders {
        all = all.stream().sorted(Comparator.comparing(Holder::kind)).toList();
    }

    /** A later one takes the place of an earlier one that is the same holder. */
    public static Holders of(Collection<Holder> holders) {
        Holders whole = NONE;
        for (Holder holder : holders) {
            whole = whole.with(holder);
        }
        return whole;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The first of a kind. */
    public Optional<Holder> of(Holder.Kind kind) {
        return all.stream().filter(holder -> holder.kind() == kind).findFirst();
    }

    /** With {@code holder} in place of what it said earlier. */
    public Holders with(Holder holder) {
        List<Holder> next = new ArrayList<>(but(holder::isSame).all);
        next.add(holder);
        return new Holders(next);
    }

    public Holders without(Holder.Kind kind) {
        return but(holder -> holder.kind() == kind);
    }

    /** Without one alert's hold. */
    public Holders withoutAlert(String by) {
        return but(holder -> holder.kind() == Holder.Kind.ALERT && holder.by().equals(by));
    }

    private Holders but(Predicate<Holder> left) {
        return new Holders(all.stream().filter(left.negate()).toList());
    }

    /** The reasons, one after the other. */
    @Override
    public String toString() {
        return all.stream()
                .map(h -> h.kind().name().toLowerCase(Locale.ROOT) + ": " + h.reason())
                .collect(Collectors.joining("; "));
    }
}
