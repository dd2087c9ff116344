package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.LsnClock;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.TimeLag;
import dev.nightshift.guards.reading.WalPositions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one pinned replica over the samples so far. A value; each sample gives the next.
 *
 * @param text the state in a few words
 * @param note what a person should know beside it, or empty
 * @param lag how far behind it is; null when that cannot be observed
 */
record ReplicaTrack(
        PinnedReplica pinned,
        ReplicaState state,
        String text,
        String note,
        @Nullable Lag lag,
        Movement movement) {

    /** 2 × wal_receiver_status_interval: an idle healthy standby replies only each interval. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(20);

    /** Caught up is what a hold is left at: less than this share of the hold limits. */
    private static final double CAUGHT_UP_BELOW = 0.3;

    /**
     * How far behind a replica is.
     *
     * @param delay the part of the time that is on purpose, in seconds
     */
    record Lag(TimeLag time, double delay, long bytes) {}

    static ReplicaTrack begin(PinnedReplica pinned) {
        return new ReplicaTrack(pinned, ReplicaState.STREAMING, "not seen yet", "", null, Movement.NONE);
    }

    ReplicaTrack next(Sample sample, LsnClock clock, GuardSettings settings) {
        List<ReplicaRow> rows = sample.replicas().stream()
                .filter(pinned::matches)
                .sorted(Comparator.comparing(
                        ReplicaRow::backendStart, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        if (rows.isEmpty()) {
            String silent = silentUpstream(sample);
            return silent == null
                    ? away(ReplicaState.GONE, "gone", elsewhere(sample))
                    : away(ReplicaState.UNOBSERVABLE, pinned.upstream() + " does not answer", silent);
        }
        ReplicaRow row = rows.get(rows.size() - 1);
        String older = rows.size() == 1 ? "" : "an older connection of it is still open and not judged";
        String hidden = hidden(row);
        Lag seen = lag(sample, clock, row.positions());
        if (hidden != null) {
            return away(ReplicaState.UNOBSERVABLE, hidden, older);
        }
        if (seen == null) {
            return row.streaming()
                    ? away(ReplicaState.UNOBSERVABLE, "its position is not known", older)
                    : away(ReplicaState.RETURNING, Objects.toString(row.state(), "not streaming"), older);
        }
        return observed(sample, settings, row, seen, older);
    }

    /** Whether it is known to lag because it does not replay at all, or was away: nothing for which to abort. */
    boolean excused() {
        return state == ReplicaState.RETURNING || movement.stalled();
    }

    private ReplicaTrack away(ReplicaState next, String words, String remark) {
        return new ReplicaTrack(pinned, next, words, remark, null, Movement.NONE);
    }

    private ReplicaTrack observed(Sample sample, GuardSettings settings, ReplicaRow row, Lag seen, String older) {
        boolean caughtUp = row.streaming() && caughtUp(seen, settings);
        boolean back = row.streaming() && (caughtUp || state == ReplicaState.STREAMING);
        Lsn reached = Objects.requireNonNull(reached(row.positions()));
        double time = seen.time().exact() ? seen.time().seconds() : Double.NaN;
        long nanos = sample.monotonicNanos();
        Movement moved = movement.next(new Movement.Step(
                nanos, reached, seen.bytes(), time, settings.holdsAt(GuardKind.REPLICA_LAG), caughtUp));
        double stands = moved.standsFor(nanos);
        String words = row.streaming() ? "catching up" : Objects.toString(row.state(), "not streaming");
        if (back) {
            words = moved.stalled() && stands > 0 ? "stalled for " + Unit.DURATION.text(stands) : "streaming";
        }
        ReplicaState next = back ? ReplicaState.STREAMING : ReplicaState.RETURNING;
        return new ReplicaTrack(pinned, next, words, older, seen, moved);
    }

    private @Nullable Lag lag(Sample sample, LsnClock clock, WalPositions positions) {
        Lsn reached = reached(positions);
        if (reached == null) {
            return null;
        }
        long behind = Math.max(0, sample.position().minus(reached));
        TimeLag time = clock.lag(reached);
        Lsn replayed = positions.replayed();
        if (pinned.kind() == ReplicaClass.DELAYED
                && replayed != null
                && clock.lag(replayed).exact()) {
            return new Lag(clock.lag(replayed), pinned.delay().toNanos() / 1e9, behind);
        }
        return new Lag(time, 0, behind);
    }

    /** A delayed standby's replay is behind on purpose; what it has safely on its disk is not. */
    private @Nullable Lsn reached(WalPositions positions) {
        boolean flush = pinned.kind() == ReplicaClass.DELAYED || pinned.kind() == ReplicaClass.RECEIVER;
        return flush ? positions.flushed() : positions.replayed();
    }

    private static boolean caughtUp(Lag lag, GuardSettings settings) {
        double time = used(settings.of(GuardKind.REPLICA_LAG), lag.time().seconds() - lag.delay());
        double bytes = used(settings.of(GuardKind.REPLICA_BYTES), (double) lag.bytes());
        return lag.time().exact() && time < CAUGHT_UP_BELOW && bytes < CAUGHT_UP_BELOW;
    }

    private static double used(Limits limits, double value) {
        return limits.at(Level.HOLD).map(hold -> hold.utilisation(value)).orElse(0.0);
    }

    private static @Nullable String hidden(ReplicaRow row) {
        if (row.state() == null) {
            return "hidden from this role, which needs pg_monitor";
        }
        Duration silent = row.replyAge();
        return silent != null && silent.compareTo(SILENT_AFTER) > 0 ? "no reply for " + Unit.text(silent) : null;
    }

    /** Why the standby that it streams from does not tell of it; null when that one answered, or it is the primary. */
    private @Nullable String silentUpstream(Sample sample) {
        String upstream = pinned.upstream();
        if (upstream == null) {
            return null;
        }
        Optional<Reading> said = sample.readings().stream()
                .filter(reading -> reading.signal().equals(Reading.STANDBY)
                        && reading.subject().equals(upstream))
                .findFirst();
        if (said.isPresent() && said.get().value().isPresent()) {
            return null;
        }
        return said.map(Reading::note).orElse("it was not asked yet");
    }

    private String elsewhere(Sample sample) {
        return sample.replicas().stream()
                .filter(row -> row.name().equals(pinned.applicationName()))
                .map(row -> "there is a " + row.name() + " from "
                        + Objects.requireNonNullElse(row.address(), "a local socket")
                        + (row.slot() == null ? " without a slot" : " on slot " + row.slot())
                        + ", which is not the one this run pinned")
                .findFirst()
                .orElse("");
    }
}
