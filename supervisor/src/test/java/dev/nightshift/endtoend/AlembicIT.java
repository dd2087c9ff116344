package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Alembic and Flask-Migrate as steps of real runs, and what happens to them when something goes wrong. */
class AlembicIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STANDBY = "standby-a";

    /** Sleeps while there is somebody to wait for. */
    private static final String HANG =
            "ALTER TABLE public.orders ADD COLUMN hung int; SELECT pg_sleep(602) FROM public.hang";

    private static final String PLAN = """
            nightshift: 1
            name: alembic
            database: {url: "%%URL%%"}
            replicas: %s
            backup: none
            steps:
              - external: {name: upgrade, directory: %s, command: %s, url: DATABASE_URL%s}
            """;

    private static final String ALEMBIC = "[" + MigrationTools.PYTHON + ", -m, alembic, upgrade, head]";

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void tools() {
        MigrationTools.assume("alembic", "psycopg2");
    }

    private static String plan(String replicas, String project, String command, String more) {
        return PLAN.formatted(replicas, project, command, more);
    }

    private Night alone() {
        Night night = Night.start(directory, 1_000, ClusterSettings.primaryOnly());
        night.primary().execute("CREATE TABLE public.hang (id int)", "INSERT INTO public.hang VALUES (1)");
        return night;
    }

    private Command command(Night night, String... arguments) {
        return Command.of(
                directory,
                Map.of(
                        "NIGHTSHIFT_DATABASE", night.primary().url(),
                        "NIGHTSHIFT_PASSWORD", night.primary().password()),
                arguments);
    }

    private static long hanging(Night night) {
        return night.count("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(602)%'"
                + " AND pid <> pg_backend_pid()");
    }

    private static void assertNothingIsLeft(Night night) {
        assertThat(night.count("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%/external'"))
                .isZero();
        assertThat(hanging(night)).isZero();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains("alembic upgrade")))
                .isEmpty();
        assertThat(night.count("SELECT count(*) FROM information_schema.columns WHERE column_name = 'hung'"))
                .as("what it had not committed was rolled back")
                .isZero();
    }

    private Nightshift startHanging(Night night, String replicas) {
        Path project = MigrationTools.alembic(directory);
        MigrationTools.revision(project, "0003", "0002", HANG);
        Nightshift run = night.nightshift(
                "run", night.plan(plan(replicas, "app", ALEMBIC, "")).toString());
        Night.await("it hangs; " + night.state(), () -> {
            assertThat(run.isAlive()).as(run.output()).isTrue();
            return hanging(night) > 0;
        });
        return run;
    }

    @Test
    void upgrade_head_is_a_run() {
        try (Night night = alone()) {
            MigrationTools.alembic(directory);
            String sql = ", head: \"0002\", sql: [" + MigrationTools.PYTHON
                    + ", -m, alembic, upgrade, \"{current}:head\", --sql]";
            Path plan = night.plan(plan("none", "app", ALEMBIC, sql));

            Command check = command(
                    night,
                    "check",
                    plan.toString(),
                    "--database",
                    night.primary().url());
            assertThat(check.code()).as(check.out() + check.err()).isZero();
            assertThat(check.out()).contains("Runs: /usr/bin/python3 -m alembic upgrade head in ");
            Command preflight = command(night, "preflight", plan.toString());
            assertThat(preflight.out()).contains("public.orders");
            Nightshift run = night.nightshift("run", plan.toString());

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            assertThat(night.ask("SELECT version_num FROM public.alembic_version"))
                    .isEqualTo("0002");
            assertThat(night.ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_gift_note_idx'::regclass"))
                    .isEqualTo("t");
            Command history = command(night, "history", night.ask("SELECT id FROM nightshift.runs"));
            assertThat(history.out())
                    .contains("Running upgrade  -> 0001, Add orders.gift_note.")
                    .contains("ended with exit status 0")
                    .doesNotContain(night.primary().password());
            assertNothingIsLeft(night);
        }
    }

    @Test
    void a_branched_history_is_refused_before_it_starts() {
        try (Night night = alone()) {
            Path project = MigrationTools.alembic(directory);
            MigrationTools.revision(project, "0003a", "0002", "SELECT 1");
            MigrationTools.revision(project, "0003b", "0002", "SELECT 1");
            Nightshift run = night.nightshift(
                    "run", night.plan(plan("none", "app", ALEMBIC, "")).toString());

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(3);
            assertThat(run.output())
                    .contains("its history is branched: 2 heads, 0003a and 0003b")
                    .contains("runbooks/alembic-history.md");
            assertThat(night.state()).isEqualTo("none");
            assertThat(night.ask("SELECT to_regclass('public.alembic_version') IS NULL"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_database_newer_than_the_files_is_refused_and_so_is_sql_that_the_linter_refuses() {
        try (Night night = alone()) {
            Path project = MigrationTools.alembic(directory);
            night.primary()
                    .execute(
                            "CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)",
                            "INSERT INTO public.alembic_version VALUES ('0009')");
            Nightshift newer = night.nightshift(
                    "run", night.plan(plan("none", "app", ALEMBIC, "")).toString());
            assertThat(newer.awaitExit(PATIENCE)).as(newer.output()).isEqualTo(3);
            assertThat(newer.output())
                    .contains("the database has a revision that its files do not have")
                    .contains("'0009'");

            night.primary().execute("UPDATE public.alembic_version SET version_num = '0002'");
            MigrationTools.revision(project, "0003", "0002", "ALTER TABLE public.orders RENAME COLUMN amount TO total");
            String sql = ", sql: [" + MigrationTools.PYTHON + ", -m, alembic, upgrade, \"{current}:head\", --sql]";
            Nightshift hurting = night.nightshift(
                    "run", night.plan(plan("none", "app", ALEMBIC, sql)).toString());
            assertThat(hurting.awaitExit(PATIENCE)).as(hurting.output()).isEqualTo(3);
            assertThat(hurting.output()).contains("COL-RENAME").contains("step upgrade");
            assertThat(night.state()).isEqualTo("none");
        }
    }

    @Test
    void a_hanging_one_is_cancelled_by_a_breach_and_leaves_no_session_behind() {
        try (Night night = Night.start(directory, 1_000, ClusterSettings.withStandbys(STANDBY))) {
            night.primary().execute("CREATE TABLE public.hang (id int)", "INSERT INTO public.hang VALUES (1)");
            Nightshift run = startHanging(night, "{required: [" + STANDBY + "]}");
            night.cluster.standby(STANDBY).freeze();
            try {
                assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(12);
                assertThat(run.output())
                        .contains("stopped because the run is held: ")
                        .contains(STANDBY);
                assertNothingIsLeft(night);
            } finally {
                night.cluster.standby(STANDBY).thaw();
            }
        }
    }

    @Test
    void a_worker_killed_in_the_middle_takes_it_along_and_leaves_a_question_for_a_person() {
        try (Night night = alone()) {
            Nightshift run = startHanging(night, "none");
            Processes.kill(run.awaitWorker().pid());

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(13);
            assertThat(night.state()).isEqualTo("unclear");
            assertThat(run.output()).contains("alembic current in ").contains("runbooks/external-tool.md");
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE message LIKE 'started: %'"))
                    .as("never started again by itself")
                    .isEqualTo(1);
            assertNothingIsLeft(night);

            night.primary().execute("DELETE FROM public.hang");
            Nightshift retry = night.nightshift("retry", "--reason", "looked: it is at 0002");
            assertThat(retry.awaitExit(PATIENCE)).as(retry.output()).isZero();
            assertThat(night.ask("SELECT version_num FROM public.alembic_version"))
                    .isEqualTo("0003");
        }
    }

    @Test
    void an_abort_ends_it_before_the_abort_steps_begin() {
        try (Night night = alone()) {
            Path project = MigrationTools.alembic(directory);
            MigrationTools.revision(project, "0003", "0002", HANG);
            String abort = """
                    abort:
                      - verify: {name: alone, sql: "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(602)%' AND pid <> pg_backend_pid())"}
                    """;
            Nightshift run = night.nightshift(
                    "run", night.plan(plan("none", "app", ALEMBIC, "") + abort).toString());
            Night.await("it hangs; " + night.state(), () -> hanging(night) > 0);
            Nightshift asked = night.nightshift("abort", "--reason", "it hangs");

            assertThat(asked.awaitExit(PATIENCE)).as(asked.output()).isIn(0, 6);
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(6);
            assertThat(night.state()).isEqualTo("aborted");
            assertNothingIsLeft(night);
        }
    }

    @Test
    void flask_db_upgrade_is_a_run_and_is_refused_when_branched() {
        MigrationTools.assume("flask", "flask_migrate", "flask_sqlalchemy");
        try (Night night = alone()) {
            Path project = MigrationTools.flask(directory);
            String command = "[" + MigrationTools.PYTHON + ", -m, flask, --app, shop, db, upgrade]";
            Path plan = night.plan(plan("none", "flask", command, ""));
            Nightshift run = night.nightshift("run", plan.toString());
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            assertThat(night.ask("SELECT version_num FROM public.alembic_version"))
                    .isEqualTo("f001");

            MigrationTools.revision(project, "f002", "f001", "SELECT 1");
            MigrationTools.revision(project, "f003", "f001", "SELECT 1");
            Nightshift branched = night.nightshift("run", plan.toString());
            assertThat(branched.awaitExit(PATIENCE)).as(branched.output()).isEqualTo(3);
            assertThat(branched.output()).contains("its history is branched: 2 heads");
            assertThat(List.of("succeeded")).contains(night.state());
            assertThat(Files.exists(project)).isTrue();
        }
    }
}
