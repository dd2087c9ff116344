package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The first statement of a recipe: it changes nothing and fails, with words for a person, when something is not as the
 * recipe needs it. What already has a name that the recipe would use is found here, before anything is made.
 */
final class Precondition {

    private final TableName table;
    private final List<String> refusals = new ArrayList<>();

    Precondition(TableName table) {
        this.table = table;
    }

    /** @param rows what follows {@code EXISTS}, without its parentheses */
    Precondition refuseIfAny(String rows, String message) {
        refusals.add(Sql.lines(
                "    IF EXISTS (" + rows + ") THEN",
                "        RAISE EXCEPTION USING MESSAGE = " + Sql.literal(message) + ";",
                "    END IF;"));
        return this;
    }

    /** @param names a query of one text, which is null when nothing is in the way */
    Precondition refuseNamed(String names, String message) {
        refusals.add(Sql.lines(
                "    obstacle := (" + names + ");",
                "    IF obstacle IS NOT NULL THEN",
                "        RAISE EXCEPTION USING MESSAGE = " + Sql.literal(message + ": ") + " || obstacle;",
                "    END IF;"));
        return this;
    }

    Precondition freeConstraint(Identifier name) {
        return refuseIfAny(
                "SELECT FROM pg_catalog.pg_constraint WHERE conrelid = " + relation() + " AND conname = "
                        + Sql.literal(name.name()),
                "constraint " + name + " of " + table + " is there already");
    }

    /** Indexes live beside tables, in the schema of theirs. */
    Precondition freeRelation(Identifier name) {
        TableName relation = new TableName(table.schema(), name.name());
        return refuseIfAny(
                "SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE"
                        + " n.nspname = " + Sql.literal(table.schema()) + " AND c.relname = "
                        + Sql.literal(name.name()),
                relation + " is there already");
    }

    Precondition freeColumn(Identifier name) {
        return refuseIfAny(
                "SELECT FROM pg_catalog.pg_attribute WHERE attrelid = " + relation() + " AND attname = "
                        + Sql.literal(name.name()),
                "column " + name + " of " + table + " is there already");
    }

    Precondition ordinaryTable(String message) {
        return refuseIfAny(
                "SELECT FROM pg_catalog.pg_class WHERE oid = " + relation() + " AND relkind <> 'r'", message);
    }

    /** The table for the catalog: the cast fails where there is none. */
    String relation() {
        return Sql.literal(table.quoted()) + "::pg_catalog.regclass";
    }

    /** Between BEGIN and END of a block that declares {@code obstacle text}. */
    String body() {
        return String.join("\n", refusals);
    }

    String block() {
        return Sql.block("DECLARE\n    obstacle text;\nBEGIN\n" + body() + "\nEND");
    }
}
