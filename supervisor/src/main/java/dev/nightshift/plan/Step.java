package dev.nightshift.plan;

import java.time.Duration;
import java.util.Optional;

/** One unit of a plan; its name is unique over steps and abort steps. */
public sealed interface Step
        permits ExternalStep, HoldStep, SchemaStep, StatementStep, VerifyStep, WalkStep, WorkloadsStep {

    String name();

    StatementClass statementClass();

    /** The key under which the plan writes it: {@code schema}, {@code backfill}, {@code statement} … */
    String kind();

    /**
     * Of an abort step: the step without which there is nothing to do, so that nothing is taken away which the run has not
     * made.
     */
    default Optional<String> undoes() {
        return Optional.empty();
    }

    /** Whether it changes something in one piece, so that it should be done before the window closes in which it began. */
    default boolean inOnePiece() {
        return statementClass() != StatementClass.PAUSABLE
                && !(this instanceof VerifyStep)
                && !(this instanceof HoldStep);
    }

    /** How long it takes at most, where its plan says so. */
    default Optional<Duration> expected() {
        return Optional.empty();
    }
}
