package dev.nightshift.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Updates the rows of one table in batches.
 *
 * @param set column (as the catalog holds it, without quotes) to SQL expression, in the order written
 * @param where which rows are still to do; each updated row must leave it
 * @param stableKey the plan's word that nobody changes the key while the walk runs
 * @param fireTriggers the plan's word that user triggers on UPDATE may fire
 */
public record BackfillStep(
        String name,
        TableName table,
        Map<String, String> set,
        Optional<String> where,
        Walk walk,
        BatchLimits batch,
        boolean stableKey,
        boolean fireTriggers)
        implements Step {

    public BackfillStep {
        Names.check("a step's name", name);
        Map<String, String> checked = new LinkedHashMap<>(set);
        checked.replaceAll((column, expression) -> SqlExpression.check(expression));
        set = Collections.unmodifiableMap(checked);
        where = where.map(SqlExpression::check);
        if (set.isEmpty()) {
            throw new IllegalArgumentException("expected at least one column to set, found none");
        }
        if (where.isEmpty() && !stableKey) {
            throw new IllegalArgumentException("expected `where` or `stable-key: true`, found neither");
        }
        if (where.isEmpty() && walk == Walk.HEAP) {
            throw new IllegalArgumentException("expected `where` with a heap walk, found none");
        }
    }

    @Override
    public StatementClass statementClass() {
        return StatementClass.PAUSABLE;
    }

    @Override
    public String kind() {
        return "backfill";
    }
}
