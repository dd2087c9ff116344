package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.sandbox.Relay;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a statement outside a transaction that failed or was cut off. */
@Timeout(120)
class CutOffMigrationIT extends MigrationScene {

    CutOffMigrationIT(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void an_invalid_index_of_a_failed_build_is_dropped_and_built_anew_on_retry() {
        migrate("1");
        database.execute("UPDATE orders SET note = 'same' WHERE id < 3");
        file("V2__unique.sql", "CREATE UNIQUE INDEX CONCURRENTLY orders_note ON orders (note);");
        assertThatThrownBy(() -> migrate("2")).isInstanceOf(Permanent.class).hasMessageContaining("(23505)");
        assertThat(index("orders_note")).isEqualTo("false");
        assertThat(history()).contains("V2__unique.sql false");
        database.execute("UPDATE orders SET note = id::text WHERE id < 3");
        migrate("2");
        assertThat(index("orders_note")).isEqualTo("true");
        assertThat(history()).containsExactly("V1__orders.sql true", "V2__unique.sql true");
    }

    @Test
    void an_invalid_index_of_somebody_else_is_left_alone() {
        migrate("1");
        database.asSuperuser(
                "CREATE INDEX orders_note ON orders (note)",
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_note'::regclass");
        String before = database.text("SELECT 'orders_note'::regclass::oid");
        file("V2__index.sql", INDEX);
        assertThatThrownBy(() -> migrate("2")).isInstanceOf(Permanent.class).hasMessageContaining("(42P07)");
        assertThatThrownBy(() -> migrate("2")).isInstanceOf(Permanent.class).hasMessageContaining("(42P07)");
        assertThat(database.text("SELECT 'orders_note'::regclass::oid")).isEqualTo(before);
    }

    @Test
    void a_file_of_several_statements_goes_on_where_it_failed() {
        migrate("1");
        database.execute("UPDATE orders SET note = 'same' WHERE id < 3");
        file("V2__both.sql", INDEX + "\nCREATE UNIQUE INDEX CONCURRENTLY orders_unique ON orders (note);");
        assertThatThrownBy(() -> migrate("2"))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().state())
                                .contains("statement 2 failed", "the statements before it stay"));
        String first = database.text("SELECT 'orders_note'::regclass::oid");
        database.execute("UPDATE orders SET note = id::text WHERE id < 3");
        migrate("2");
        assertThat(database.text("SELECT 'orders_note'::regclass::oid")).isEqualTo(first);
        assertThat(index("orders_unique")).isEqualTo("true");
        assertThat(history()).contains("V2__both.sql true");
    }

    @Test
    void a_killed_build_is_settled_by_the_catalog() throws SQLException {
        migrate("1");
        file("V2__index.sql", INDEX);
        try (Connection other = holding("old-writer")) {
            CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> migrate("2"));
            await(() -> waiting() || migration.isDone());
            database.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + OURS);
            assertThatThrownBy(migration::join).hasCauseInstanceOf(Transient.class);
            other.rollback();
        }
        assertThat(index("orders_note")).isEqualTo("false");
        migrate("2");
        assertThat(index("orders_note")).isEqualTo("true");
    }

    @Test
    void a_build_is_not_waited_for_behind_a_link_that_swallows_everything() throws Exception {
        migrate("1");
        file("V2__index.sql", INDEX);
        try (Relay relay = Relay.to(database.migrator().port());
                Connection other = holding("old-writer")) {
            login = new Login(
                    List.of("127.0.0.1:" + relay.port()), login.database(), login.user(), login.password(), Map.of());
            CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> migrate("2"));
            await(() -> waiting() || migration.isDone());
            relay.forget();
            database.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + OURS);
            assertThatThrownBy(migration::join).hasCauseInstanceOf(Transient.class);
            other.rollback();
        }
        login = database.login();
        migrate("2");
        assertThat(index("orders_note")).isEqualTo("true");
    }

    @Test
    void a_build_that_went_through_unheard_is_not_done_again() {
        migrate("1");
        file("V2__index.sql", INDEX);
        database.execute(
                INDEX,
                "UPDATE nightshift.steps SET detail = jsonb_build_object('sent', '{}'::jsonb,"
                        + " 'migration', jsonb_build_object('script', 'V2__index.sql', 'checksum', "
                        + checksumOf("V2__index.sql") + ", 'statement', 0, 'table', 'orders'::regclass::oid::bigint,"
                        + " 'index', 'orders_note', 'before', 0))");
        String before = database.text("SELECT 'orders_note'::regclass::oid");
        migrate("2");
        assertThat(database.text("SELECT 'orders_note'::regclass::oid")).isEqualTo(before);
        assertThat(history()).contains("V2__index.sql true");
    }

    @Test
    void a_cut_off_statement_of_which_nothing_can_tell_is_asked_about() throws SQLException {
        migrate("1");
        file("V2__vacuum.sql", "VACUUM FULL orders;");
        try (Connection other = holding("old-writer")) {
            CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> migrate("2"));
            await(() -> waiting() || migration.isDone());
            database.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + OURS);
            assertThatThrownBy(migration::join).hasCauseInstanceOf(OutcomeUnknown.class);
            other.rollback();
        }
        assertThatThrownBy(() -> migrate("2")).isInstanceOf(OutcomeUnknown.class);
        database.execute("UPDATE nightshift.steps SET detail = detail - 'sent'");
        migrate("2");
        assertThat(history()).contains("V2__vacuum.sql true");
    }

    @Test
    void a_stop_cancels_the_statement_and_the_next_try_goes_on() throws SQLException {
        migrate("1");
        file("V2__index.sql", INDEX);
        try (Connection other = holding("old-writer")) {
            CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> migrate("2"));
            await(() -> waiting() || migration.isDone());
            // The session that waits is there before the one that watches it.
            Set<String> named = Set.of("nightshift/7f3kmq/1/schema", "nightshift/7f3kmq/1/schema-watch");
            await(() -> named.equals(Set.copyOf(database.texts("SELECT DISTINCT application_name FROM pg_stat_activity"
                    + " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                    + " AND application_name <> 'old-writer'"))));
            run.stop();
            assertThatThrownBy(migration::join).hasCauseInstanceOf(Transient.class);
            await(() -> database.texts("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'nightshift/%'"
                            + " AND datname = current_database()")
                    .isEmpty());
            other.rollback();
        }
        run.goOn();
        migrate("2");
        assertThat(index("orders_note")).isEqualTo("true");
    }

    private int checksumOf(String script) {
        return java.util.Arrays.stream(Flyway.configure()
                        .dataSource(new SessionSource(database.login(), "test", PATIENCE, any -> {}))
                        .locations("filesystem:" + folder)
                        .load()
                        .info()
                        .all())
                .filter(migration -> migration.getScript().equals(script))
                .findFirst()
                .orElseThrow()
                .getChecksum();
    }
}
