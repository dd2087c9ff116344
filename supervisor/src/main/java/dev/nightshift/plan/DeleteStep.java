package dev.nightshift.plan;

import java.util.Map;
import java.util.Optional;

/**
 * Deletes rows of one table in batches.
 *
 * @param condition which rows
 * @param fireTriggers the plan's word that user triggers on DELETE may fire, and that other tables may follow
 */
public record DeleteStep(
        String name, TableName table, String condition, Walk walk, BatchLimits batch, boolean fireTriggers)
        implements WalkStep {

    public DeleteStep {
        Names.check("a step's name", name);
        condition = SqlExpression.check(condition);
    }

    @Override
    public Optional<String> where() {
        return Optional.of(condition);
    }

    @Override
    public Map<String, String> set() {
        return Map.of();
    }

    @Override
    public boolean leaves() {
        return true;
    }

    @Override
    public String kind() {
        return "delete";
    }
}
