package dev.nightshift.guards.preflight;

import java.util.List;
import java.util.Set;

/**
 * What the SQL of a step works on, as PostgreSQL's grammar reads it and the catalog knows it.
 *
 * @param touches tables that are there now
 * @param indexes that it builds or drops, as {@code schema.name}
 * @param settled constraints that it validates or drops
 * @param reliesOnProof whether it takes a constraint for proved: SET NOT NULL, ATTACH PARTITION
 * @param opaque why some of it cannot be told before it runs
 */
public record StepSql(
        String step,
        List<Touch> touches,
        Set<String> indexes,
        Set<String> settled,
        boolean reliesOnProof,
        List<String> opaque) {

    public StepSql {
        touches = List.copyOf(touches);
        indexes = Set.copyOf(indexes);
        settled = Set.copyOf(settled);
        opaque = List.copyOf(opaque);
    }

    /** What happens to a table. */
    public enum Effect {
        REDEFINES,
        /** Only its owner may do that. */
        OWNERS_ONLY,
        /** The heap and all indexes are written anew. */
        REWRITES,
        BUILDS_INDEX
    }

    /**
     * A table that it locks for more than reading.
     *
     * @param schema as the catalog holds it, without quotes
     * @param name as the catalog holds it, without quotes
     * @param table {@code schema.name} as SQL writes it
     */
    public record Touch(String schema, String name, String table, Set<Effect> effects) {

        public Touch {
            effects = Set.copyOf(effects);
        }

        boolean has(Effect effect) {
            return effects.contains(effect);
        }
    }
}
