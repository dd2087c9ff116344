package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.tree.Name;
import java.util.Locale;
import java.util.Set;

/** The tables in which migration tools write down, in the migration's own transaction, how far they are: one row or so. */
final class Bookkeeping {
    private static final Set<String> TABLES = Set.of(
            "alembic_version",
            "flyway_schema_history",
            "schema_version",
            "schema_migrations",
            "schema_migration",
            "ar_internal_metadata",
            "databasechangelog",
            "databasechangeloglock",
            "goose_db_version",
            "gorp_migrations",
            "atlas_schema_revisions",
            "_prisma_migrations",
            "_sqlx_migrations",
            "__diesel_schema_migrations",
            "__efmigrationshistory",
            "knex_migrations",
            "knex_migrations_lock",
            "django_migrations",
            "refinery_schema_history",
            "phinxlog",
            "typeorm_migrations");

    private Bookkeeping() {}

    static boolean is(Name table) {
        return TABLES.contains(table.name().toLowerCase(Locale.ROOT));
    }
}
