package dev.nightshift.schema;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.RunRecord;
import dev.nightshift.time.Backoff;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Migrations;
import java.time.Duration;

/**
 * Applies versioned migrations with Flyway, one at a time, into the history table that the application's own Flyway
 * uses ({@code flyway_schema_history} in the default schema).
 *
 * <p>Repeatable migrations and SQL callbacks are left to the application: they belong to a deployment, not to a version.
 */
public final class FlywayMigrations implements Migrations {

    private static final Patience DEFAULT =
            new Patience("1s", 30, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15)), Duration.ofSeconds(1));

    private final Login login;
    private final Patience patience;

    public FlywayMigrations(Login login) {
        this(login, DEFAULT);
    }

    FlywayMigrations(Login login, Patience patience) {
        this.login = login;
        this.patience = patience;
    }

    /**
     * How long others are waited for.
     *
     * @param lockTimeout of a migration in a transaction: as long as the application may queue behind its lock
     * @param tries of one migration, the first included
     * @param between waits between two tries
     * @param permitPoll how often a missing permit is looked for again
     */
    record Patience(String lockTimeout, int tries, Backoff between, Duration permitPoll) {}

    @Override
    public void migrate(SchemaStep step, RunRecord run, Attempt attempt) {
        try (MigrationWatch watch = MigrationWatch.start(login, attempt)) {
            MigrationSessions sessions = new MigrationSessions(login, attempt, patience.lockTimeout(), watch);
            new SchemaMigration(patience, sessions, step, attempt, watch).carryOut();
        }
    }
}
