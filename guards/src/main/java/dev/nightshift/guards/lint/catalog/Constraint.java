package dev.nightshift.guards.lint.catalog;

import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;

/**
 * A constraint as the catalog has it.
 *
 * @param expression a check's condition as pg_get_expr() writes it; empty for other kinds
 * @param parent the table that a foreign key refers to
 */
public record Constraint(
        String name, Kind kind, List<String> columns, String expression, boolean validated, Optional<Name> parent) {
    /** pg_constraint.contype. */
    public enum Kind {
        CHECK,
        FOREIGN_KEY,
        PRIMARY_KEY,
        UNIQUE,
        EXCLUSION,
        NOT_NULL,
        TRIGGER
    }

    public Constraint {
        columns = List.copyOf(columns);
    }
}
