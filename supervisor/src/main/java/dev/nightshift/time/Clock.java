package dev.nightshift.time;

import java.time.Instant;

/** The present instant; in tests one that only moves by hand. */
@FunctionalInterface
public interface Clock {

    Instant now();
}
