package dev.nightshift.plan;

import java.util.List;
import java.util.Optional;

/**
 * A foreign key that holds for new rows at once, and for the old ones when it is validated.
 *
 * @param key the columns that it refers to; the primary key when there are none
 * @param actions what happens on DELETE and UPDATE, as SQL says it
 * @param index whether to build one on the referring columns first; empty when the plan does not say
 */
record ForeignKeyRecipe(
        String name,
        TableName table,
        List<Identifier> columns,
        TableName references,
        List<Identifier> key,
        List<String> actions,
        Optional<Boolean> index) {

    Recipe recipe() {
        Identifier constraint = DerivedName.of(Sql.names(table.name(), columns, "fkey"));
        Expansion expansion = new Expansion("foreign-key", name);
        expansion.statement("ready", ready(constraint).block());
        if (index.orElse(false)) {
            expansion.making(
                    "index " + new TableName(table.schema(), indexName().name()),
                    "index",
                    "CREATE INDEX CONCURRENTLY " + indexName().quoted() + " ON " + table.quoted() + " ("
                            + Sql.columns(columns) + ")",
                    IndexRecipe.drop(table, indexName()));
        }
        expansion
                .making(
                        "constraint " + constraint + " of " + table,
                        "add",
                        Sql.alter(table, "ADD CONSTRAINT " + constraint.quoted() + definition() + " NOT VALID"),
                        Sql.alter(
                                table,
                                Sql.allow(
                                                "CON-DROP-FK-HIDDEN-LOCK",
                                                "a run waits for either lock a moment only, and tries again")
                                        + "DROP CONSTRAINT IF EXISTS " + constraint.quoted()))
                .statement("validate", Sql.alter(table, "VALIDATE CONSTRAINT " + constraint.quoted()));
        if (index.isEmpty()) {
            expansion.advise("Unless an index begins with " + Sql.shown(columns) + ", each row deleted or given another"
                    + " key in " + references + " reads all of " + table + ": say `index: true`, or `index: false` if"
                    + " there is one.");
        }
        return expansion.recipe("Makes " + Sql.shown(columns) + " of " + table + " refer to " + references
                + " and proves it beside readers and writers.");
    }

    private Precondition ready(Identifier constraint) {
        Precondition ready = new Precondition(table)
                .ordinaryTable(
                        table + " is no ordinary table: PostgreSQL adds a foreign key NOT VALID to such ones only")
                .freeConstraint(constraint);
        return index.orElse(false) ? ready.freeRelation(indexName()) : ready;
    }

    private Identifier indexName() {
        return DerivedName.of(Sql.names(table.name(), columns, "idx"));
    }

    private String definition() {
        String referred = key.isEmpty() ? "" : " (" + Sql.columns(key) + ")";
        String indexed = index.filter(built -> !built)
                .map(there -> Sql.allow("CON-FK-NO-INDEX", "the plan says that there is one"))
                .orElse(" ");
        String then = actions.isEmpty() ? "" : " " + String.join(" ", actions);
        return indexed + "FOREIGN KEY (" + Sql.columns(columns) + ") REFERENCES " + references.quoted() + referred
                + then;
    }
}
