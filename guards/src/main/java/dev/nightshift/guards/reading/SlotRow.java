package dev.nightshift.guards.reading;

import org.jspecify.annotations.Nullable;

/**
 * One row of {@code pg_replication_slots}.
 *
 * @param walStatus reserved, extended, unreserved, lost; null for a slot that never reserved WAL
 * @param safeWalSize bytes until the slot is in danger; null when lost or without a limit, may be negative
 * @param retained the current position − {@code restart_lsn}
 * @param invalidation {@code invalidation_reason} where the server has it
 */
public record SlotRow(
        String name,
        boolean logical,
        boolean active,
        @Nullable String walStatus,
        @Nullable Long safeWalSize,
        @Nullable Long retained,
        @Nullable String invalidation) {}
