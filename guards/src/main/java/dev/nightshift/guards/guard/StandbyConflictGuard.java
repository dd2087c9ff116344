package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.ReplicaRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A standby that has WAL on its disk and replays none of it, or cancels queries because it replays. The primary sees no
 * more than the first; which query is in the way, or who paused it, is known on the standby only.
 */
final class StandbyConflictGuard implements Guard {

    private static final Duration RECENTLY = Duration.ofSeconds(10);

    @Override
    public GuardKind kind() {
        return GuardKind.STANDBY_CONFLICT;
    }

    @Override
    public List<Measure> measure(Facts facts) {
        List<Measure> measures = new ArrayList<>();
        for (ReplicaTrack replica : facts.replicas()) {
            ReplicaClass kind = replica.pinned().kind();
            // A delayed standby keeps WAL on its disk on purpose.
            boolean judged = kind.isRequired() || kind == ReplicaClass.BEST_EFFORT;
            double stands = replica.movement().standsFor(facts.sample().monotonicNanos());
            if (judged && replica.lag() != null && stands > 0 && hasMore(facts, replica.pinned())) {
                Measure seen = Measure.of(replica.pinned().name(), stands).noting(note(facts, replica.pinned()));
                measures.add(kind.isRequired() ? seen : seen.upTo(Level.SLOW));
            } else if (judged) {
                cancelled(facts, replica.pinned()).ifPresent(measures::add);
            }
        }
        return measures;
    }

    /** Its queries die of what we write; the run holds for a moment so that they get a chance. */
    private static Optional<Measure> cancelled(Facts facts, PinnedReplica replica) {
        double grows = facts.trends()
                .perSecond(Reading.STANDBY_CANCELLED, replica.name(), RECENTLY)
                .orElse(0);
        return grows <= 0
                ? Optional.empty()
                : Optional.of(Measure.of(replica.name(), facts.holdsAt(GuardKind.STANDBY_CONFLICT))
                        .upTo(replica.kind().isRequired() ? Level.HOLD : Level.SLOW)
                        .said("cancels queries", "!=", "lets them end"));
    }

    private static boolean hasMore(Facts facts, PinnedReplica replica) {
        Optional<ReplicaRow> newest = facts.sample().replicas().stream()
                .filter(replica::matches)
                .max(Comparator.comparing(ReplicaRow::backendStart, Comparator.nullsFirst(Comparator.naturalOrder())));
        Lsn flushed = newest.map(row -> row.positions().flushed()).orElse(null);
        Lsn replayed = newest.map(row -> row.positions().replayed()).orElse(null);
        return flushed != null && replayed != null && flushed.minus(replayed) > 0;
    }

    private static String note(Facts facts, PinnedReplica replica) {
        String subject = Objects.requireNonNullElse(replica.slot(), replica.applicationName());
        boolean off = facts.reading(Reading.STANDBY_FEEDBACK, subject)
                .filter(feedback -> feedback.value().orElse(1) == 0)
                .isPresent();
        return StandbyCause.of(facts, replica)
                        .orElse("it has WAL that it does not replay: paused, or in conflict with a query")
                + (off ? "; hot_standby_feedback is off" : "");
    }
}
