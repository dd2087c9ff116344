package dev.nightshift.drive;

import java.time.Instant;

/** A value as it is kept in the journal, in seconds, bytes or a count as the signal says. */
public record KeptReading(Instant at, String signal, String subject, double value) {}
