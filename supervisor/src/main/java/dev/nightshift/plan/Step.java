package dev.nightshift.plan;

import java.util.Optional;

/** One unit of a plan; its name is unique over steps and abort steps. */
public sealed interface Step permits ExternalStep, HoldStep, SchemaStep, StatementStep, VerifyStep, WalkStep {

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
}
