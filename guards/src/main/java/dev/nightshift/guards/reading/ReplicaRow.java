package dev.nightshift.guards.reading;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@code pg_stat_replication}; without {@code pg_monitor} most of it is null.
 *
 * @param name the application name
 * @param slot the slot that this walsender's pid holds ({@code pg_replication_slots.active_pid})
 * @param replyAge the sample's instant − {@code reply_time}
 * @param upstream the standby that answered with this row; null for the primary
 */
public record ReplicaRow(
        String name,
        @Nullable String address,
        @Nullable String slot,
        @Nullable String state,
        @Nullable String syncState,
        WalPositions positions,
        @Nullable Duration replyAge,
        @Nullable Instant backendStart,
        @Nullable String upstream) {

    public boolean streaming() {
        return "streaming".equals(state);
    }
}
