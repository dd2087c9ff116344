package dev.nightshift.schema;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.time.Backoff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** A database with one schema step at work, and a folder of migrations for it. */
abstract class MigrationScene {

    static final Duration PATIENCE = Duration.ofMinutes(1);
    static final String OURS = "application_name = 'nightshift/7f3kmq/1/schema'";
    static final String INDEX = "CREATE INDEX CONCURRENTLY orders_note ON orders (note);";

    final Path folder;
    final FreshDatabase database = new FreshDatabase();
    Login login = database.login();
    final ClaimedRun run = ClaimedRun.start(database, "7f3kmq");

    MigrationScene(Path folder) {
        this.folder = folder;
        database.execute("INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class, state)"
                + " VALUES ('7f3kmq', 'work', 0, 'expand', 'schema', 'cancel-only', 'running')");
        file(
                "V1__orders.sql",
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text);"
                        + " INSERT INTO orders SELECT i, md5(i::text) FROM generate_series(1, 1000) i;");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    void migrate(String target) {
        migrate(target, 30);
    }

    void migrate(String target, int tries) {
        migrate(new SchemaStep("expand", List.of(folder), Optional.of(target), Optional.empty()), tries);
    }

    void migrate(SchemaStep step, int tries) {
        FlywayMigrations.Patience patience = new FlywayMigrations.Patience(
                "1s", tries, new Backoff(Duration.ofMillis(50), Duration.ofMillis(100)), Duration.ofMillis(50));
        new FlywayMigrations(login, patience).migrate(step, run.record(), run.attempt());
    }

    /** A transaction that has written to orders and holds its lock until it is rolled back. */
    Connection holding(String name) throws SQLException {
        Connection other = database.connect(name);
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("UPDATE orders SET note = note WHERE id = 500");
        }
        return other;
    }

    boolean waiting() {
        return !database.texts("SELECT pid FROM pg_stat_activity WHERE " + OURS + " AND wait_event_type = 'Lock'")
                .isEmpty();
    }

    void permit(String until) {
        database.execute("UPDATE nightshift.permits SET valid_until = '" + until + "'");
    }

    String index(String name) {
        return database.text("SELECT indisvalid FROM pg_index WHERE indexrelid = '" + name + "'::regclass");
    }

    List<String> history() {
        return database.texts("SELECT script || ' ' || success FROM flyway_schema_history ORDER BY installed_rank");
    }

    void file(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
