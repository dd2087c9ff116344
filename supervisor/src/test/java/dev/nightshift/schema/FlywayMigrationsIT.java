package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How migrations are applied, and what they wait for. */
@Timeout(120)
class FlywayMigrationsIT extends MigrationScene {

    FlywayMigrationsIT(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void applies_versions_up_to_the_target_into_the_history_that_the_application_uses() {
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        file("V3__three.sql", "ALTER TABLE orders ADD COLUMN three int;");
        file("R__view.sql", "CREATE VIEW v AS SELECT 1;");
        file("afterMigrate.sql", "CREATE TABLE callback_ran ();");
        migrate("2");
        assertThat(history()).containsExactly("V1__orders.sql true", "V2__two.sql true");
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname IN ('v', 'callback_ran')"))
                .isEmpty();
        migrate("2");
        migrate("3");
        assertThat(history()).hasSize(3);
        assertThatCode(() -> Flyway.configure()
                        .dataSource(new SessionSource(database.login(), "application", PATIENCE, any -> {}))
                        .locations("filesystem:" + folder)
                        .load()
                        .migrate())
                .doesNotThrowAnyException();
        migrate("3");
    }

    @Test
    void a_transaction_of_a_migration_locks_the_claim_itself() {
        file(
                "V2__proof.sql",
                "CREATE TABLE proof AS SELECT c.xmax::text = pg_current_xact_id()::xid::text AS locked,"
                        + " current_setting('lock_timeout') AS patience, current_setting('search_path') AS path"
                        + " FROM nightshift.claims c;");
        migrate("2");
        assertThat(database.text("SELECT locked || ' ' || patience || ' ' || path FROM proof"))
                .isEqualTo("true 1s \"public\",\"$user\", public");
    }

    @Test
    void an_index_is_built_concurrently_beside_an_idle_session() throws SQLException {
        file("V2__index.sql", INDEX);
        try (Connection idle = database.connect("idle");
                Statement statement = idle.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(4711)");
            migrate("2");
        }
        assertThat(index("orders_note")).isEqualTo("true");
        assertThat(history()).contains("V2__index.sql true");
    }

    @Test
    void a_script_may_say_that_it_needs_no_transaction() {
        file("V2__plain.sql", "CREATE TABLE patience AS SELECT current_setting('lock_timeout') AS value;");
        file("V2__plain.sql.conf", "executeInTransaction=false\n");
        migrate("2");
        assertThat(database.text("SELECT value FROM patience")).isEqualTo("0");
    }

    @Test
    void a_lock_that_is_not_granted_is_tried_again_and_its_holder_named() throws SQLException {
        migrate("1");
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        CompletableFuture<Void> migration;
        try (Connection other = holding("a-report")) {
            migration = CompletableFuture.runAsync(() -> migrate("2"));
            await(() -> run.said().stream().anyMatch(said -> said.startsWith("try 1 of 30")) || migration.isDone());
            other.rollback();
        }
        migration.join();
        assertThat(run.said()).anyMatch(said -> said.matches("try 1 of 30 for V2__two.sql: pid \\d+ \\(a-report,.*"));
        assertThat(history()).contains("V2__two.sql true");
    }

    @Test
    void a_lock_that_is_never_granted_ends_the_tries_with_a_rolled_back_migration() throws SQLException {
        migrate("1");
        file("V2__two.sql", "CREATE TABLE half (); ALTER TABLE orders ADD COLUMN two int;");
        try (Connection other = holding("a-report")) {
            assertThatThrownBy(() -> migrate("2", 2)).isInstanceOfSatisfying(Permanent.class, failed -> {
                assertThat(failed.explanation().what()).contains("in 2 tries", "a-report");
                assertThat(failed.explanation().state()).contains("rolled back");
            });
            other.rollback();
        }
        assertThat(history()).hasSize(1);
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname = 'half'"))
                .isEmpty();
    }

    @Test
    void a_superseded_worker_applies_nothing() {
        run.supersede();
        assertThatThrownBy(() -> migrate("1")).isInstanceOf(Transient.class).hasMessageContaining("took over");
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname = 'orders'"))
                .isEmpty();
    }

    @Test
    void without_a_permit_nothing_is_begun_until_there_is_one() {
        permit("-infinity");
        CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> migrate("1"));
        await(() -> run.said().stream().anyMatch(said -> said.startsWith("waits for a permit")) || migration.isDone());
        assertThat(database.texts("SELECT relname FROM pg_class WHERE relname = 'orders'"))
                .isEmpty();
        permit("infinity");
        migration.join();
        assertThat(history()).containsExactly("V1__orders.sql true");
    }

    @Test
    void a_wrong_statement_is_named_by_its_place_and_rolled_back() {
        file("V2__wrong.sql", "CREATE TABLE half ();\n\nALTER TABLE nowhere ADD COLUMN x int;");
        assertThatThrownBy(() -> migrate("2")).isInstanceOfSatisfying(Permanent.class, failed -> {
            assertThat(failed.explanation().what())
                    .isEqualTo("V2__wrong.sql line 3: relation \"nowhere\" does not exist (42P01)");
            assertThat(failed.explanation().lines()).hasSize(4);
        });
        assertThat(history()).containsExactly("V1__orders.sql true");
    }

    @Test
    void another_flyway_at_work_is_waited_for_by_name(@TempDir Path elsewhere) throws IOException {
        migrate("1");
        Files.copy(folder.resolve("V1__orders.sql"), elsewhere.resolve("V1__orders.sql"));
        Files.writeString(elsewhere.resolve("V2__long.sql"), "SELECT pg_sleep(600);");
        CompletableFuture<Void> foreign = CompletableFuture.runAsync(() -> Flyway.configure()
                .dataSource(new SessionSource(database.login(), "their-flyway", PATIENCE, any -> {}))
                .locations("filesystem:" + elsewhere)
                .load()
                .migrate());
        await(() -> !database.texts("SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND"
                        + " application_name = 'their-flyway' AND state = 'active'")
                .isEmpty());
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        assertThatThrownBy(() -> migrate("2", 1))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("another Flyway, pid")
                .hasMessageContaining("their-flyway");
        database.asSuperuser(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name =" + " 'their-flyway'");
        assertThatThrownBy(foreign::join).isNotNull();
        migrate("2");
    }
}
