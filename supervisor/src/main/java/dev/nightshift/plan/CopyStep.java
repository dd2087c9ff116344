package dev.nightshift.plan;

import java.util.Map;
import java.util.Optional;

/**
 * Copies rows of one table into another one in batches. What the target has already, by its key, stays as it is.
 *
 * @param from the table that is read
 * @param table the table that is filled
 * @param set the target's columns with expressions over the source's, in the order written
 * @param where which rows; all of them when there is none
 * @param fireTriggers the plan's word that user triggers on INSERT may fire
 */
public record CopyStep(
        String name,
        TableName from,
        TableName table,
        Map<String, String> set,
        Optional<String> where,
        Walk walk,
        BatchLimits batch,
        boolean fireTriggers)
        implements WalkStep {

    public CopyStep {
        Names.check("a step's name", name);
        set = SqlExpression.checked(set);
        where = where.map(SqlExpression::check);
        if (from.equals(table)) {
            throw new IllegalArgumentException("expected two tables, found " + table + " twice");
        }
    }

    @Override
    public TableName walked() {
        return from;
    }

    /** What has a partner in the target is left. */
    @Override
    public boolean leaves() {
        return true;
    }

    @Override
    public String kind() {
        return "copy";
    }
}
