package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.OwnSession;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.Trends;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything a guard may look at: this sample, the one before, and what the samples so far add up to.
 *
 * @param previous null at the first sample
 */
record Facts(
        Sample sample,
        @Nullable Sample previous,
        ReplicaSet pinned,
        List<ReplicaTrack> replicas,
        Trends trends,
        GuardSettings settings) {

    /** The value at which this guard holds; infinite when it never does. */
    double holdsAt(GuardKind kind) {
        return settings.holdsAt(kind);
    }

    /** The value from which this guard slows; infinite when it never does. */
    double slowsAt(GuardKind kind) {
        return settings.slowsAt(kind);
    }

    /** What the newest sample says of a signal, subject by subject. */
    List<Reading> readings(String signal) {
        return sample.readings().stream()
                .filter(reading -> reading.signal().equals(signal))
                .toList();
    }

    /** What it says of one subject; empty when it says nothing. */
    Optional<Reading> reading(String signal, String subject) {
        return readings(signal).stream()
                .filter(reading -> reading.subject().equals(subject))
                .findFirst();
    }

    /** Since the sample before, on the monotonic clock. */
    Duration elapsed() {
        return previous == null ? Duration.ZERO : Duration.ofNanos(sample.monotonicNanos() - previous.monotonicNanos());
    }

    /** This session as it was at the sample before. */
    Optional<OwnSession> before(OwnSession session) {
        return previous == null
                ? Optional.empty()
                : previous.own().stream()
                        .filter(own -> own.pid() == session.pid())
                        .findFirst();
    }
}
