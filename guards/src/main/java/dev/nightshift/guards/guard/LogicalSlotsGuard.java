package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WAL that a subscriber has not confirmed: what its slot makes the server keep. Decoding that spills to disk, because a
 * transaction is too large for its memory, slows.
 */
final class LogicalSlotsGuard implements Guard {

    @Override
    public GuardKind kind() {
        return GuardKind.LOGICAL_SLOTS;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<Measure> measures = new ArrayList<>();
        facts.pinned().slots().forEach((slot, owner) -> {
            Level ceiling = ceiling(owner);
            if (ceiling != null) {
                facts.reading(kind().key(), slot)
                        .ifPresent(behind -> measures.add(Measure.of(behind).upTo(ceiling)));
                spills(facts, slot, measures);
            }
        });
        return measures;
    }

    private void spills(Facts facts, String slot, List<Measure> measures) {
        double spilled = facts.trends().growth(Reading.LOGICAL_SPILL, slot);
        if (spilled > 0) {
            measures.add(Measure.of(slot + " decoding", facts.slowsAt(kind()))
                    .said("spilled " + Unit.BYTES.text(spilled) + " in the last minute", ">", "0 B")
                    .upTo(Level.SLOW));
        }
    }

    /** Only a subscriber that the plan names is worth an abort. */
    private static @Nullable Level ceiling(ReplicaClass owner) {
        return switch (owner) {
            case LOGICAL -> Level.ABORT;
            case REQUIRED, CASCADED, DELAYED, RECEIVER, OBSERVED -> Level.HOLD;
            case BEST_EFFORT -> Level.SLOW;
            case IGNORE -> null;
        };
    }
}
