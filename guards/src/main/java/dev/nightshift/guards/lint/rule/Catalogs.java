package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.tree.Name;

/** PostgreSQL's own tables, which are small. */
final class Catalogs {
    private Catalogs() {}

    static boolean isSystem(Name name) {
        return name.schema().equals("pg_catalog")
                || name.schema().equals("information_schema")
                || (!name.isQualified() && name.name().startsWith("pg_"));
    }
}
