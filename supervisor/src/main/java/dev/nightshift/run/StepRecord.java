package dev.nightshift.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A step of a run as the journal has it.
 *
 * @param ordinal counts through the work steps and on through the abort steps, from 0
 * @param abort true for a step of the abort plan
 * @param kind {@code schema}, {@code backfill}, {@code statement}, {@code verify}, {@code hold} …
 * @param statementClass {@code pausable}, {@code cancel-only} or {@code atomic}
 * @param rowsTotal rows that the step expects to change, an estimate
 * @param rowsDone rows changed so far, exact
 * @param walBytes an upper bound of what it wrote: the whole server's WAL around its batches and statements
 * @param note what a person is told: how it walks, what it asks, what went wrong
 * @param failure why it failed; present in {@code FAILED} only
 * @param startedAt when it was begun first
 */
public record StepRecord(
        int ordinal,
        boolean abort,
        String name,
        String kind,
        String statementClass,
        State state,
        OptionalLong rowsTotal,
        long rowsDone,
        long batches,
        long walBytes,
        String note,
        Optional<Failure> failure,
        Optional<Instant> startedAt) {

    /** One whose beginning is not known. */
    public StepRecord(
            int ordinal,
            boolean abort,
            String name,
            String kind,
            String statementClass,
            State state,
            OptionalLong rowsTotal,
            long rowsDone,
            long batches,
            long walBytes,
            String note,
            Optional<Failure> failure) {
        this(
                ordinal,
                abort,
                name,
                kind,
                statementClass,
                state,
                rowsTotal,
                rowsDone,
                batches,
                walBytes,
                note,
                failure,
                Optional.empty());
    }

    /**
     * How long its rows still take at a pace; empty where nothing moves, where nobody knows how many rows there are, and
     * where more are done than were expected.
     */
    public Optional<Duration> remaining(double rowsPerSecond) {
        if (state != State.RUNNING || rowsTotal.isEmpty() || rowsPerSecond < 1) {
            return Optional.empty();
        }
        long left = rowsTotal.getAsLong() - rowsDone;
        return left < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.round(left / rowsPerSecond)));
    }

    /** Where a step is. */
    public enum State {
        PENDING,
        RUNNING,
        /** Waits for a person: a hold step, or rows that somebody keeps writing. */
        ASKING,
        DONE,
        FAILED,
        /** Its outcome is not known. */
        UNCLEAR
    }
}
