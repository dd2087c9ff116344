package dev.nightshift.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An index, built beside readers and writers.
 *
 * @param keys at least one
 * @param using the access method, for PostgreSQL's own default none
 */
record IndexRecipe(
        String name,
        TableName table,
        List<IndexKey> keys,
        boolean unique,
        Optional<Identifier> using,
        List<Identifier> include,
        Optional<String> where) {

    static final String NOT_PARTITIONED =
            " is no ordinary table, and only such a one takes an index CONCURRENTLY; of a partitioned one, build it on each"
                    + " partition and attach them to an index made ON ONLY the table";

    Recipe recipe() {
        Identifier index = DerivedName.of(
                Sql.names(table.name(), keys.stream().map(IndexKey::named).toList(), "idx"));
        return new Expansion("index", name)
                .statement(
                        "ready",
                        new Precondition(table)
                                .ordinaryTable(table + NOT_PARTITIONED)
                                .freeRelation(index)
                                .block())
                .making(
                        "index " + new TableName(table.schema(), index.name()),
                        "build",
                        "CREATE " + (unique ? "UNIQUE " : "") + "INDEX CONCURRENTLY " + index.quoted() + " ON "
                                + table.quoted() + definition(),
                        drop(table, index))
                .recipe("Builds " + (unique ? "unique " : "") + "index " + index + " on " + table
                        + " beside readers and writers.");
    }

    private String definition() {
        return using.map(method -> " USING " + method.quoted()).orElse("")
                + " (" + keys.stream().map(IndexKey::sql).collect(Collectors.joining(", ")) + ")"
                + (include.isEmpty() ? "" : " INCLUDE (" + Sql.columns(include) + ")")
                + where.map(condition -> " WHERE (" + condition + ")").orElse("");
    }

    static String drop(TableName table, Identifier index) {
        return "DROP INDEX CONCURRENTLY IF EXISTS " + new TableName(table.schema(), index.name()).quoted();
    }
}
