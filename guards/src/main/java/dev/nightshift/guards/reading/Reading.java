package dev.nightshift.guards.reading;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * A value of a signal and the instant at which it was taken; empty is unknown, never zero.
 *
 * @param signal the signal's name, the same as its guard's where it has one
 * @param subject what was measured (a slot, a table, a disk), or empty
 * @param note what a person should know beside the number, or why there is none
 */
public record Reading(String signal, String subject, OptionalDouble value, String note, Instant at) {

    /** WAL bytes that this run's batches have written so far; without it the whole WAL rate counts as ours. */
    public static final String OWN_WAL = "own-wal";

    /** 1 while the newest try to archive a segment has failed, else 0. */
    public static final String ARCHIVE_FAILING = "archive-failing";

    /** Bytes that the decoding of large transactions has written to disk so far; its subject is the slot. */
    public static final String LOGICAL_SPILL = "logical-spill";

    /** 1 where a standby tells the primary which rows its queries still need, else 0; its subject is slot or name. */
    public static final String STANDBY_FEEDBACK = "standby-feedback";

    /** How many questions of this signal in a row had no answer; its subjects are the signal's. */
    public static String failuresOf(String signal) {
        return signal + "-failures";
    }

    public static Reading of(String signal, String subject, double value, Instant at) {
        return new Reading(signal, subject, OptionalDouble.of(value), "", at);
    }

    public static Reading unknown(String signal, String subject, String why, Instant at) {
        return new Reading(signal, subject, OptionalDouble.empty(), why, at);
    }
}
