package dev.nightshift.plan;

import java.util.List;

/** A unique constraint over an index that was built beside readers and writers. */
record UniqueRecipe(String name, TableName table, List<Identifier> columns) {

    Recipe recipe() {
        Identifier key = DerivedName.of(Sql.names(table.name(), columns, "key"));
        return new Expansion("unique", name)
                .statement(
                        "ready",
                        new Precondition(table)
                                .ordinaryTable(table + IndexRecipe.NOT_PARTITIONED)
                                .freeConstraint(key)
                                .freeRelation(key)
                                .block())
                .making(
                        "index " + new TableName(table.schema(), key.name()),
                        "index",
                        "CREATE UNIQUE INDEX CONCURRENTLY " + key.quoted() + " ON " + table.quoted() + " ("
                                + Sql.columns(columns) + ")",
                        IndexRecipe.drop(table, key))
                .making(
                        "constraint " + key + " of " + table,
                        "add",
                        Sql.alter(table, "ADD CONSTRAINT " + key.quoted() + " UNIQUE USING INDEX " + key.quoted()),
                        Sql.alter(table, "DROP CONSTRAINT IF EXISTS " + key.quoted()))
                .recipe("Makes " + Sql.shown(columns) + " of " + table
                        + " unique by an index that is built beside readers and writers.");
    }
}
