package dev.nightshift.run;

import java.time.Duration;

/**
 * A worker's last sign of life.
 *
 * @param age how long ago by the database's clock
 * @param activity what it was doing, in words
 */
public record Heartbeat(long epoch, String host, long pid, Duration age, String activity, WorkPace pace) {}
