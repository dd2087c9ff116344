package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.tree.Constraint;
import java.util.List;

/** Questions about constraints that only a few rules ask. */
final class Constraints {
    private Constraints() {}

    /** The columns of PostgreSQL 18's {@code CONSTRAINT n NOT NULL column}. */
    static List<String> notNullColumns(Constraint constraint) {
        return constraint.node().list("keys").stream()
                .map(key -> key.text("sval"))
                .toList();
    }
}
