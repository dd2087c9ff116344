package dev.nightshift.guards.lint.catalog;

/**
 * A column as the catalog has it.
 *
 * @param type as format_type() writes it, such as {@code character varying(10)}
 */
public record Column(String name, String type, boolean notNull) {}
