package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.SqlType;

/** What is known of domains. */
final class Domains {
    private Domains() {}

    /** Whether the type is a domain with constraints, by the script or the database. */
    static boolean isConstrained(Step step, SqlType type) {
        if (type.isBuiltIn() || type.isArray()) {
            return false;
        }
        return step.created(Created.Kind.TYPE, type.name())
                .map(created -> !created.step().tree().list("constraints").isEmpty())
                .or(() -> step.catalog().constrainedDomain(type.name()))
                .orElse(false);
    }
}
