package dev.nightshift.drive;

import dev.nightshift.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where the driver's time and jitter come from; tests move both by hand.
 *
 * @param clock for windows only: everything that expires does so by the database's clock
 * @param nanos a clock that never steps
 */
public record Times(Clock clock, LongSupplier nanos, RandomGenerator random) {}
