package dev.nightshift.drive;

import dev.nightshift.run.RunId;
import java.time.Duration;

/**
 * How long a step took the last time.
 *
 * @param run in which that was
 * @param whole whether it came to its end; one that was cut off takes longer than that
 */
public record Took(String step, Duration time, RunId run, boolean whole) {}
