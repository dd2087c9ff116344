package dev.nightshift.guards.reading;

import java.time.Duration;

/** A session of somebody else that waits for a lock of ours. */
public record BlockedSession(int victim, String application, int blocker, Duration waited) {}
