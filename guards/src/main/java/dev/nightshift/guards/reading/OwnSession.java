package dev.nightshift.guards.reading;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One session of this run in {@code pg_stat_activity}.
 *
 * @param queryAge the sample's instant − {@code query_start}; null before the first query
 */
public record OwnSession(
        int pid,
        String role,
        @Nullable String waitEventType,
        @Nullable String waitEvent,
        @Nullable String state,
        @Nullable Duration queryAge) {}
