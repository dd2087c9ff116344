package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FlywayMigrationsIT {

    private static final String OURS = "application_name = 'nightshift/7f3kmq/1/schema'";
    private static final String INDEX = "CREATE INDEX CONCURRENTLY orders_note ON orders (note);";

    private final Path folder;
    private final FreshDatabase database = new FreshDatabase();
    private final ClaimedRun run = ClaimedRun.start(database, "7f3kmq");

    FlywayMigrationsIT(@TempDir Path folder) {
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
                        .dataSource(new SessionSource(database.login(), "application", any -> {}))
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

    @Test
    void another_flyway_at_work_is_waited_for_by_name(@TempDir Path elsewhere) throws IOException {
        migrate("1");
        Files.copy(folder.resolve("V1__orders.sql"), elsewhere.resolve("V1__orders.sql"));
        Files.writeString(elsewhere.resolve("V2__long.sql"), "SELECT pg_sleep(600);");
        CompletableFuture<Void> foreign = CompletableFuture.runAsync(() -> Flyway.configure()
                .dataSource(new SessionSource(database.login(), "their-flyway", any -> {}))
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

    @Test
    void a_changed_a_missing_and_a_late_file_are_refused_in_a_sentence() {
        file("V3__three.sql", "ALTER TABLE orders ADD COLUMN three int;");
        migrate("3");
        file("V3__three.sql", "ALTER TABLE orders ADD COLUMN tree int;");
        refused("checksum mismatch for migration version 3");
        file("V3__three.sql", "ALTER TABLE orders ADD COLUMN three int;");
        file("V2__late.sql", "ALTER TABLE orders ADD COLUMN two int;");
        refused("Detected resolved migration not applied to database: 2");
        delete("V2__late.sql");
        delete("V1__orders.sql");
        refused("Detected applied migration not resolved locally: 1");
    }

    @Test
    void a_failed_migration_of_others_an_unknown_target_and_a_foreign_schema_are_refused() {
        database.execute("CREATE TABLE already_here ()");
        assertThatThrownBy(() -> migrate("1"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("there are tables but no history of Flyway");
        database.execute("DROP TABLE already_here");
        migrate("1");
        assertThatThrownBy(() -> migrate("7"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("No migration with a target version 7");
        database.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) VALUES (9, '2', 'x', 'SQL', 'V2__x.sql', 'me', 1, false)");
        assertThatThrownBy(() -> migrate("1"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("migration V2__x.sql failed before, outside this run");
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> migrate("3"))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().what())
                                .containsIgnoringCase(reason)
                                .doesNotContain("repair", "http"));
    }

    private void migrate(String target) {
        migrate(target, 30);
    }

    @Test
    void tables_without_a_history_are_refused_with_the_key_that_would_accept_them() {
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        assertThatThrownBy(() -> migrate("2"))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().lines())
                                .anyMatch(line -> line.contains("no history of Flyway"))
                                .anyMatch(line -> line.contains("baseline: \"VERSION\"")));
        assertThat(problems(""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.todo()).contains("baseline"));
        assertThat(problems(", baseline: 1")).isEmpty();
    }

    @Test
    void tables_without_a_history_have_the_baseline_and_get_what_comes_after_it() {
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        migrate(new SchemaStep("expand", List.of(folder), Optional.of("2"), Optional.of("1")), 30);
        assertThat(history()).containsExactly("<< Flyway Baseline >> true", "V2__two.sql true");
        assertThat(problems("")).isEmpty();
    }

    @Test
    void an_empty_schema_gets_every_migration_whatever_its_baseline() {
        migrate(new SchemaStep("expand", List.of(folder), Optional.of("1"), Optional.of("1")), 30);
        assertThat(history()).containsExactly("V1__orders.sql true");
    }

    @Test
    void nothing_is_taken_as_applied_without_a_permit() {
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        permit("-infinity");
        SchemaStep step = new SchemaStep("expand", List.of(folder), Optional.of("2"), Optional.of("1"));
        var migrating = java.util.concurrent.CompletableFuture.runAsync(() -> migrate(step, 30));
        await(() -> !database.texts("SELECT pid FROM pg_stat_activity WHERE " + OURS)
                .isEmpty());
        assertThat(database.text("SELECT to_regclass('flyway_schema_history') IS NULL"))
                .isEqualTo("true");
        permit("infinity");
        migrating.join();
        assertThat(history()).hasSize(2);
    }

    private List<Explanation> problems(String keys) {
        String plan = "nightshift: 1\nname: p\ndatabase: {url: \"postgresql://m@localhost/shop\"}\nreplicas: none\n"
                + "backup: none\nsteps:\n  - schema: {name: expand, locations: [" + folder + "]" + keys + "}\n";
        PlanReading reading = PlanReader.read("p.yaml", plan, folder);
        return new SchemaChecks(database.login()).problems(((PlanReading.Accepted) reading).plan());
    }

    private void migrate(String target, int tries) {
        migrate(new SchemaStep("expand", List.of(folder), Optional.of(target), Optional.empty()), tries);
    }

    private void migrate(SchemaStep step, int tries) {
        FlywayMigrations.Patience patience = new FlywayMigrations.Patience(
                "1s", tries, new Backoff(Duration.ofMillis(50), Duration.ofMillis(100)), Duration.ofMillis(50));
        new FlywayMigrations(database.login(), patience).migrate(step, run.record(), run.attempt());
    }

    /** A transaction that has written to orders and holds its lock until it is rolled back. */
    private Connection holding(String name) throws SQLException {
        Connection other = database.connect(name);
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("UPDATE orders SET note = note WHERE id = 500");
        }
        return other;
    }

    private boolean waiting() {
        return !database.texts("SELECT pid FROM pg_stat_activity WHERE " + OURS + " AND wait_event_type = 'Lock'")
                .isEmpty();
    }

    private void permit(String until) {
        database.execute("UPDATE nightshift.permits SET valid_until = '" + until + "'");
    }

    private String index(String name) {
        return database.text("SELECT indisvalid FROM pg_index WHERE indexrelid = '" + name + "'::regclass");
    }

    private List<String> history() {
        return database.texts("SELECT script || ' ' || success FROM flyway_schema_history ORDER BY installed_rank");
    }

    private int checksumOf(String script) {
        return java.util.Arrays.stream(Flyway.configure()
                        .dataSource(new SessionSource(database.login(), "test", any -> {}))
                        .locations("filesystem:" + folder)
                        .load()
                        .info()
                        .all())
                .filter(migration -> migration.getScript().equals(script))
                .findFirst()
                .orElseThrow()
                .getChecksum();
    }

    private void file(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
