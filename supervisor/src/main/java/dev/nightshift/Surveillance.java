package dev.nightshift;

import dev.nightshift.drive.Announcer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a supervised run has around it that differs with who supervises.
 *
 * @param sql how the plan's SQL is read for preflight
 * @param workforce who does the work
 * @param lateness told how late each tick began
 */
record Surveillance(SqlReading sql, Announcer announcer, Workforce workforce, Consumer<Duration> lateness) {}
