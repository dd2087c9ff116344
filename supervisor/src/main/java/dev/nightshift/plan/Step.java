package dev.nightshift.plan;

/** One unit of a plan; its name is unique over steps and abort steps. */
public sealed interface Step permits HoldStep, SchemaStep, StatementStep, VerifyStep, WalkStep {

    String name();

    StatementClass statementClass();

    /** The key under which the plan writes it: {@code schema}, {@code backfill}, {@code statement} … */
    String kind();
}
