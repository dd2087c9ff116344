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

    /** Bytes that are free on a volume of the server; its subject is what it holds. */
    public static final String DISK_FREE = "disk-free";

    /** Bytes that this volume holds altogether. */
    public static final String DISK_SIZE = "disk-size";

    /** 1 when a standby answered itself, by the name that the plan gives it. */
    public static final String STANDBY = "standby";

    /** 1 while somebody has paused the replay of a standby that answered itself, else 0. */
    public static final String STANDBY_PAUSED = "standby-paused";

    /** Seconds for which the oldest query of such a standby has run; the note names its session. */
    public static final String STANDBY_QUERY = "standby-query";

    /** Queries that such a standby has cancelled so far because replay was in conflict with them. */
    public static final String STANDBY_CANCELLED = "standby-cancelled";

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
