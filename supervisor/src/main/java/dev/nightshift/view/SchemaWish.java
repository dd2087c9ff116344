package dev.nightshift.view;

import dev.nightshift.plan.Identifier;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of the schema that somebody waits for.
 *
 * @param version as a migration's file name has it: {@code 42} or {@code 2.1}
 * @param schema empty where only one schema has such a table
 * @param table Flyway's history
 */
public record SchemaWish(String version, Optional<Identifier> schema, Identifier table) {

    public static final String TABLE = "flyway_schema_history";

    private static final Pattern VERSION = Pattern.compile("\\d{1,18}(?:[._]\\d{1,18}){0,9}");

    public SchemaWish {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("expected a version such as 42 or 2.1, found '" + version + "'");
        }
    }

    /**
     * Reads {@code table} or {@code schema.table}.
     *
     * @throws IllegalArgumentException when one of the two texts is not written so
     */
    public static SchemaWish of(String version, String history) {
        int dot = history.indexOf('.');
        return new SchemaWish(
                version,
                dot < 0 ? Optional.empty() : Optional.of(Identifier.parse(history.substring(0, dot))),
                Identifier.parse(history.substring(dot + 1)));
    }

    /** The table as it can be read back. */
    public String history() {
        return schema.map(name -> name.quoted() + ".").orElse("") + table.quoted();
    }
}
