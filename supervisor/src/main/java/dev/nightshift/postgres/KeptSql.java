package dev.nightshift.postgres;

import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.KeptTable;
import dev.nightshift.plan.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The SQL by which a batch keeps what it overwrites, and by which that is put back. The figures, and why rows are locked
 * before they are changed, stand in docs/adr/0012-a-batch-keeps-what-it-overwrites.md.
 *
 * @param key columns that tell the rows of the backfill's table apart, quoted
 */
record KeptSql(KeptTable table, List<String> key) {

    /** The part of a batch that locks its rows: the versions that are changed, whatever others did since its snapshot. */
    static final String LOCKED = "nightshift_locked";

    KeptSql {
        key = List.copyOf(key);
    }

    /** Bytes that it takes to keep a row; what is written is taken to be as wide as what it overwrites. */
    String width() {
        String columns = String.join(", ", columns());
        return "pg_column_size(ROW(" + String.join(", ", key) + ", " + columns + ", " + columns + "))";
    }

    /** Of a row, its key under our names. */
    String keys() {
        return each(key, "%s AS nightshift_key_%d");
    }

    /** Of a row, what is going to be overwritten, under our names. */
    String old() {
        return each(columns(), "%s AS nightshift_old_%d");
    }

    /** Of a row that was changed beside {@link #LOCKED}, all that {@link #part} puts down. */
    String changed() {
        return keys() + ", " + each(columns(), "nightshift_old_%2$d") + ", "
                + each(columns(), "%s AS nightshift_new_%d");
    }

    /** A row that is changed a second time was written by the application in between: that is what an undo has to restore. */
    String part() {
        return """
            nightshift_kept AS (
                INSERT INTO %s (%s, %s, %s)
                SELECT %s, %s, %s FROM nightshift_rows
                ON CONFLICT (%s) DO UPDATE SET %s, %s
                RETURNING 1)""".formatted(
                        table.name().quoted(),
                        String.join(", ", key),
                        String.join(", ", columns()),
                        String.join(", ", written()),
                        each(key, "nightshift_key_%2$d"),
                        each(columns(), "nightshift_old_%2$d"),
                        each(columns(), "nightshift_new_%2$d"),
                        String.join(", ", key),
                        each(columns(), "%1$s = excluded.%1$s"),
                        each(written(), "%1$s = excluded.%1$s"));
    }

    /** Whether a row has the key that stands under our names. */
    String sameKey() {
        return IntStream.rangeClosed(1, key.size())
                .mapToObj(i -> key.get(i - 1) + " = nightshift_key_" + i)
                .collect(Collectors.joining(" AND "));
    }

    /**
     * The UPDATE that puts values back.
     *
     * @param to the table of the backfill
     * @param condition over the key, which both tables have under the same names
     */
    String restoring(TableName to, String condition) {
        return "UPDATE " + to.quoted() + " SET " + each(columns(), "%s = nightshift_old_%d") + " FROM (SELECT " + keys()
                + ", " + old() + ", " + each(written(), "%s AS nightshift_new_%d") + " FROM "
                + table.name().quoted() + " WHERE " + condition + ") AS nightshift_kept WHERE " + sameKey() + " AND ("
                + condition + ") AND " + stillWritten();
    }

    /** Bit for bit: for every type, and whatever the application wrote since counts. */
    private String stillWritten() {
        return "ROW(" + String.join(", ", columns()) + ")::record OPERATOR(pg_catalog.*=) ROW("
                + each(columns(), "nightshift_new_%2$d") + ")::record";
    }

    /** Statements that make the table, to be sent in one transaction. */
    List<String> making(TableName from, String mark) {
        String name = table.name().quoted();
        String written = table.written().entrySet().stream()
                .map(e -> quoted(e.getKey()) + " AS " + quoted(e.getValue()))
                .collect(Collectors.joining(", "));
        return List.of(
                "CREATE TABLE " + name + " AS SELECT " + String.join(", ", key) + ", " + String.join(", ", columns())
                        + ", " + written + " FROM " + from.quoted() + " WITH NO DATA",
                "ALTER TABLE " + name + " ADD PRIMARY KEY (" + String.join(", ", key) + ")",
                "COMMENT ON TABLE " + name + " IS '" + mark.replace("'", "''") + "'");
    }

    private List<String> columns() {
        return quoted(table.written().keySet());
    }

    private List<String> written() {
        return quoted(table.written().values());
    }

    private static List<String> quoted(Collection<String> names) {
        return names.stream().map(KeptSql::quoted).toList();
    }

    private static String quoted(String name) {
        return new Identifier(name).quoted();
    }

    /** @param form of one column: its name, and its number from 1 */
    private static String each(List<String> columns, String form) {
        return IntStream.rangeClosed(1, columns.size())
                .mapToObj(i -> String.format(Locale.ROOT, form, columns.get(i - 1), i))
                .collect(Collectors.joining(", "));
    }
}
