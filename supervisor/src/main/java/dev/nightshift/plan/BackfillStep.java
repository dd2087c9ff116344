package dev.nightshift.plan;

import java.util.Map;
import java.util.Optional;

/**
 * Updates the rows of one table in batches.
 *
 * @param set column (as the catalog holds it, without quotes) to SQL expression, in the order written
 * @param where which rows are still to do; each updated row must leave it
 * @param stableKey the plan's word that nobody changes the key while the walk runs
 * @param fireTriggers the plan's word that user triggers on UPDATE may fire
 * @param keepOld whether it keeps what it overwrites
 */
public record BackfillStep(
        String name,
        TableName table,
        Map<String, String> set,
        Optional<String> where,
        Walk walk,
        BatchLimits batch,
        boolean stableKey,
        boolean fireTriggers,
        boolean keepOld)
        implements WalkStep {

    public BackfillStep {
        Names.check("a step's name", name);
        set = SqlExpression.checked(set);
        where = where.map(SqlExpression::check);
        if (where.isEmpty() && !stableKey) {
            throw new IllegalArgumentException("expected `where` or `stable-key: true`, found neither");
        }
        if (where.isEmpty() && walk == Walk.HEAP) {
            throw new IllegalArgumentException("expected `where` with a heap walk, found none");
        }
        if (keepOld) {
            KeptTable.of(name, table, set.keySet());
        }
    }

    /** Where it keeps what it overwrites; empty when it does not. */
    public Optional<KeptTable> kept() {
        return keepOld ? Optional.of(KeptTable.of(name, table, set.keySet())) : Optional.empty();
    }

    @Override
    public boolean leaves() {
        return where.isPresent();
    }

    @Override
    public String kind() {
        return "backfill";
    }
}
