package dev.nightshift.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table with its schema: sessions run with an empty search path, so a name without schema means nothing.
 *
 * @param schema as the catalog holds it, without quotes
 * @param name as the catalog holds it, without quotes
 */
public record TableName(String schema, String name) {

    private static final Pattern QUALIFIED =
            Pattern.compile("(" + Identifier.PATTERN + ")\\.(" + Identifier.PATTERN + ")");

    public TableName {
        schema = new Identifier(schema).name();
        name = new Identifier(name).name();
    }

    /**
     * Reads {@code public.orders} or {@code "Shop"."Orders"} as SQL does.
     *
     * @throws IllegalArgumentException when it is not a schema, a dot and a table
     */
    public static TableName parse(String text) {
        Matcher matcher = QUALIFIED.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected a table with its schema such as public.orders, found '" + text + "'");
        }
        return new TableName(
                Identifier.parse(matcher.group(1)).name(),
                Identifier.parse(matcher.group(2)).name());
    }

    /** Both parts in quotes, for statements. */
    public String quoted() {
        return new Identifier(schema).quoted() + '.' + new Identifier(name).quoted();
    }

    /** As a person would write it. */
    @Override
    public String toString() {
        return new Identifier(schema) + "." + new Identifier(name);
    }
}
