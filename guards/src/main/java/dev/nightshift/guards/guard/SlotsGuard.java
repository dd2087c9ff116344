package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.SlotRow;
import dev.nightshift.guards.reading.Trends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of what a slot may retain is used: a migration alone can cost a standby its slot in seconds. */
final class SlotsGuard implements Guard {
    /** Beyond max_wal_size, not in danger yet. */
    private static final double EXTENDED = 0.5;

    /** Headroom moves in segments; less than this is no trend. */
    private static final double SEGMENT = 16L << 20;

    private static final Duration TREND = Duration.ofSeconds(30);
    private static final double ENDS_SOON = 600;

    @Override
    public GuardKind kind() {
        return GuardKind.SLOTS;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<Measure> measures = new ArrayList<>();
        facts.pinned().slots().forEach((name, owner) -> {
            Measure measure = measured(facts, name);
            Level ceiling = ceiling(owner);
            if (ceiling != null && !(ceiling == Level.SLOW && measure.value() >= 1)) {
                measures.add(measure.upTo(ceiling));
            }
        });
        return measures;
    }

    /** A best-effort replica's slot that is lost already is nothing to slow down for. */
    private static @Nullable Level ceiling(ReplicaClass owner) {
        return switch (owner) {
            case REQUIRED, CASCADED, DELAYED -> Level.ABORT;
            case LOGICAL, RECEIVER, OBSERVED -> Level.HOLD;
            case BEST_EFFORT -> Level.SLOW;
            case IGNORE -> null;
        };
    }

    private static Measure measured(Facts facts, String name) {
        SlotRow slot = slot(facts.sample(), name);
        if (slot == null) {
            return full(name, "gone");
        }
        String status = slot.walStatus();
        if (status == null) {
            return Measure.unknown(name, "its wal_status is not known");
        }
        if (status.equals("lost") || status.equals("unreserved") || slot.invalidation() != null) {
            return full(name, slot.invalidation() == null ? status : "lost (" + slot.invalidation() + ")");
        }
        double used = used(slot);
        if (Double.isNaN(used)) {
            return Measure.unknown(name, "what it retains is not known");
        }
        double left = used < EXTENDED ? Double.POSITIVE_INFINITY : secondsLeft(facts.trends(), slot);
        if (left < ENDS_SOON) {
            return Measure.of(name, Math.max(used, facts.holdsAt(GuardKind.SLOTS)))
                    .upTo(Level.HOLD)
                    .said("used up in " + Unit.DURATION.text(Math.rint(left)), "<", Unit.DURATION.text(ENDS_SOON));
        }
        return status.equals("extended") && used < EXTENDED
                ? Measure.of(name, EXTENDED).said(status, "!=", "reserved")
                : Measure.of(name, used);
    }

    private static Measure full(String name, String state) {
        return Measure.of(name, 1).said(state, "!=", "reserved").noting(state);
    }

    private static @Nullable SlotRow slot(Sample sample, String name) {
        return sample.slot(name).orElse(null);
    }

    /** The limit is what is left and what is retained together; without a limit nothing is used. */
    private static double used(SlotRow slot) {
        if (slot.safeWalSize() == null) {
            return 0;
        }
        if (slot.safeWalSize() <= 0) {
            return 1;
        }
        return slot.retained() == null ? Double.NaN : slot.retained() / (double) (slot.retained() + slot.safeWalSize());
    }

    private static double secondsLeft(Trends trends, SlotRow slot) {
        Duration span = trends.span(Trends.SLOT_HEADROOM, slot.name());
        double moved =
                trends.perSecond(Trends.SLOT_HEADROOM, slot.name(), TREND).orElse(0);
        double seconds = Math.min(span.toMillis(), TREND.toMillis()) / 1e3;
        double falls = -moved - (seconds <= 0 ? 0 : SEGMENT / seconds);
        boolean told = seconds >= TREND.toSeconds() / 3.0;
        return !told || falls <= 0 || slot.safeWalSize() == null
                ? Double.POSITIVE_INFINITY
                : slot.safeWalSize() / falls;
    }
}
