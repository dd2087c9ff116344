package dev.nightshift.guards.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The raw facts of one round trip to the primary; judged by nobody yet.
 *
 * @param at the database's clock ({@code clock_timestamp()}) when the facts were read
 * @param monotonicNanos the supervisor's monotonic clock at receipt
 * @param position the primary's current WAL position
 * @param blocked sessions that wait for a session of this run
 * @param own the sessions of this run
 * @param readings what the other signals say, named by signal and subject
 */
public record Sample(
        Instant at,
        long monotonicNanos,
        Lsn position,
        ServerIdentity server,
        List<ReplicaRow> replicas,
        List<SlotRow> slots,
        List<BlockedSession> blocked,
        List<OwnSession> own,
        List<Reading> readings) {

    public Sample {
        replicas = List.copyOf(replicas);
        slots = List.copyOf(slots);
        blocked = List.copyOf(blocked);
        own = List.copyOf(own);
        readings = List.copyOf(readings);
    }

    /** The same facts with these readings and replicas. */
    public Sample with(List<Reading> others, List<ReplicaRow> rows) {
        return new Sample(at, monotonicNanos, position, server, rows, slots, blocked, own, others);
    }

    public Optional<SlotRow> slot(String name) {
        return slots.stream().filter(slot -> slot.name().equals(name)).findFirst();
    }
}
