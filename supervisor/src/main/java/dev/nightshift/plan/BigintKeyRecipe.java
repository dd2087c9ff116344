package dev.nightshift.plan;

import java.util.Map;

/**
 * A primary key of type integer or smallint becomes a bigint: a new column that a trigger keeps in step, a backfill, the
 * proof that both columns agree, and a swap of the two in one short transaction.
 */
record BigintKeyRecipe(String name, TableName table, Identifier column, BatchLimits batch) {

    Recipe recipe() {
        BigintKey key = new BigintKey(table, column);
        String wide = key.wide().quoted();
        String differs = wide + " IS DISTINCT FROM " + column.quoted();
        return new Expansion("bigint-key", name)
                .statement("ready", key.ready().block())
                .making(
                        "column " + key.wide() + " of " + table,
                        "column",
                        Sql.alter(table, "ADD COLUMN " + wide + " bigint"),
                        Sql.alter(table, "DROP COLUMN IF EXISTS " + wide))
                .making(
                        "function " + new TableName(table.schema(), key.sync().name()),
                        "function",
                        "CREATE FUNCTION " + key.function() + " RETURNS trigger LANGUAGE plpgsql AS "
                                + Sql.dollars("BEGIN\n    NEW." + wide + " := NEW." + column.quoted()
                                        + ";\n    RETURN NEW;\nEND"),
                        "DROP FUNCTION IF EXISTS " + key.function())
                .making("trigger " + key.sync() + " of " + table, "trigger", trigger(key), dropTrigger(key))
                .backfill("fill", table, Map.of(key.wide().name(), column.quoted()), differs, batch)
                .making(
                        "constraint " + key.agree() + " of " + table,
                        "check",
                        Sql.alter(
                                table,
                                "ADD CONSTRAINT " + key.agree().quoted() + " CHECK (" + wide + " IS NOT NULL AND "
                                        + wide + " = " + column.quoted() + ") NOT VALID"),
                        Sql.alter(
                                table,
                                "DROP CONSTRAINT IF EXISTS " + key.agree().quoted()))
                .statement(
                        "validate",
                        Sql.alter(table, "VALIDATE CONSTRAINT " + key.agree().quoted()))
                .statement("not-null", Sql.alter(table, "ALTER COLUMN " + wide + " SET NOT NULL"))
                .making(
                        "index " + new TableName(table.schema(), key.index().name()),
                        "index",
                        "CREATE UNIQUE INDEX CONCURRENTLY " + key.index().quoted() + " ON " + table.quoted() + " ("
                                + wide + ")",
                        IndexRecipe.drop(table, key.index()))
                .approval("approval")
                .statement("swap", BigintKeySwap.of(key))
                .advise("From the swap on it goes forward only: the abort steps find nothing to undo.")
                .advise("The new " + column + " stands last among the columns, and " + key.old()
                        + " stays, nullable and no longer filled: INSERT without a list of columns breaks, and a later"
                        + " plan drops " + key.old() + ".")
                .advise("Prepared statements that return " + column
                        + " fail once after the swap, as their result has another type: connect anew, and let every"
                        + " program read it as 64 bits before you approve.")
                .recipe("Makes " + column + ", the primary key of " + table
                        + ", a bigint without a rewrite: a second column is kept in step, filled and proved equal, and"
                        + " takes the first one's place when a person approves.");
    }

    private String trigger(BigintKey key) {
        return "CREATE TRIGGER " + key.sync().quoted()
                + Sql.allow("TRG-CHANGE", "its lock is short, and old rows are filled and proved afterwards")
                + "BEFORE INSERT OR UPDATE OF " + column.quoted() + " ON " + table.quoted()
                + " FOR EACH ROW EXECUTE FUNCTION " + key.function();
    }

    private String dropTrigger(BigintKey key) {
        return "DROP TRIGGER IF EXISTS " + key.sync().quoted()
                + Sql.allow("TRG-CHANGE", "the column that it fills goes as well") + "ON " + table.quoted();
    }
}
