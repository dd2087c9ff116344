package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.ReplicaRow;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A replica that a run expects, known by its slot, else by name and address.
 *
 * @param name what people call it
 * @param slot its slot; null where it uses none
 * @param delay how far behind a delayed standby stays on purpose, else zero
 * @param upstream the standby that it streams from; null for the primary
 */
public record PinnedReplica(
        String name,
        ReplicaClass kind,
        Duration delay,
        @Nullable String slot,
        String applicationName,
        @Nullable String address,
        @Nullable String upstream) {

    /** Whether this row is a connection of this replica. */
    public boolean matches(ReplicaRow row) {
        if (!Objects.equals(upstream, row.upstream())) {
            return false;
        }
        if (slot != null) {
            return slot.equals(row.slot());
        }
        return applicationName.equals(row.name()) && Objects.equals(address, row.address());
    }
}
