package dev.nightshift.guards.pace;

import java.time.Duration;

/**
 * A committed batch.
 *
 * @param asked how many rows it was to do
 * @param changed how many it did
 * @param walBytes what it wrote, measured around it: an upper bound
 */
public record BatchOutcome(int asked, int changed, Duration took, long walBytes) {}
