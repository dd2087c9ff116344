package dev.nightshift.plan;

import java.util.Map;
import java.util.Optional;

/** A step that goes through a table in batches and does each row that it is about exactly once. */
public sealed interface WalkStep extends Step permits BackfillStep, CopyStep, DeleteStep, RestoreStep {

    /** The table that is written. */
    TableName table();

    /** The table that is gone through. */
    default TableName walked() {
        return table();
    }

    /** Columns that are written (as the catalog holds them, without quotes) with their SQL expressions. */
    Map<String, String> set();

    /** Which rows it is about. */
    Optional<String> where();

    Walk walk();

    BatchLimits batch();

    /** The plan's word that user triggers may fire. */
    boolean fireTriggers();

    /** Whether a row that was done is not looked for again, so that a sweep can tell what is left. */
    boolean leaves();

    @Override
    default StatementClass statementClass() {
        return StatementClass.PAUSABLE;
    }
}
