package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.postgres.EventLoops;
import dev.nightshift.postgres.PgLine;
import dev.nightshift.postgres.PgRuns;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.SessionSettings;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Processes;
import dev.nightshift.schema.JournalInstaller;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process that looks after several databases, most of them idle. */
class ServeIT {

    private static final int DATABASES = 8;
    private static final int TERMINATED = 143;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String MOST_CONNECTIONS = "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n"
            + " FROM pg_stat_activity WHERE application_name ~ '^nightshift/(supervisor|install)' GROUP BY datname) AS a";

    private static final String STATEMENT = """
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)"}
            """;

    @Test
    void adopts_a_run_whose_supervisor_was_killed_and_writes_nothing_while_idle(@TempDir Path directory)
            throws IOException {
        try (Night night = start(directory)) {
            Nightshift serve = serve(night, directory);
            awaitConnections(night);
            awaitNothingWritten(night);

            Nightshift killed = SlowShop.fill(night);
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            killed.killAlone();
            Night.await("the run ends", () -> {
                assertThat(night.count(MOST_CONNECTIONS)).isBetween(1L, 3L);
                assertThat(serve.isAlive()).as(serve.output()).isTrue();
                return night.state().equals("succeeded");
            });
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(serve.output()).contains("taking-over", "let-go", "\"database\":\"gone\"");

            awaitNothingWritten(night);
            Processes.terminate(serve.pid());
            assertThat(serve.awaitExit(PATIENCE)).isEqualTo(TERMINATED);
        }
    }

    @Test
    void carries_a_submitted_run_out_and_never_loads_the_sql_parser(@TempDir Path directory) throws Exception {
        try (Night night = start(directory)) {
            Nightshift serve = serve(night, directory);
            submit(night, SlowShop.plan(night, SlowShop.FILL + STATEMENT));

            Night.await("the run works", () -> night.rowsDone() > 0);
            Processes.terminate(serve.pid());
            assertThat(serve.awaitExit(PATIENCE)).isEqualTo(TERMINATED);
            SlowShop.awaitNoSession(night);
            assertThat(night.rowsDone()).isLessThan(SlowShop.ORDERS);
            assertThat(night.ask("SELECT expires_at = '-infinity' FROM nightshift.lease"))
                    .isEqualTo("t");

            Nightshift next = serve(night, directory);
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.ask("SELECT count(*) FROM nightshift.events WHERE message LIKE '%PF-TOUCHED%unknown%'"))
                    .isEqualTo("0");
            assertThat(classes(next))
                    .contains("dev.nightshift.drive.StandingWatch")
                    .doesNotContain("chicory");
        }
    }

    private static Night start(Path directory) {
        Night night = SlowShop.start(
                directory,
                ClusterSettings.primaryOnly().set("autovacuum", "off").set("checkpoint_timeout", "1h"));
        for (int i = 2; i <= DATABASES; i++) {
            night.primary().superuser().execute("CREATE DATABASE shop" + i + " OWNER migrator");
        }
        return night;
    }

    private static Nightshift serve(Night night, Path directory) throws IOException {
        StringBuilder settings = new StringBuilder("metrics: {port: 0}\ndatabases:\n");
        Login login = night.primary().migrator();
        settings.append("  - {url: \"").append(login.url()).append("\"}\n");
        for (int i = 2; i <= DATABASES; i++) {
            settings.append("  - {url: \"").append(login.in("shop" + i).url()).append("\"}\n");
        }
        settings.append("  - {url: \"").append(login.in("gone").url()).append("\"}\n");
        Path file = Files.writeString(directory.resolve("serve.yaml"), settings);
        return night.nightshift("serve", file.toString());
    }

    private static void awaitConnections(Night night) {
        String each = "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^nightshift/supervisor/'";
        Night.await("two connections to each database", () -> night.count(each) == 2 * DATABASES);
    }

    /** A supervisor that wrote something each second, or each ten, would never let this come true. */
    private static void awaitNothingWritten(Night night) {
        Night.await("no WAL for twelve seconds", () -> {
            String before = night.ask("SELECT pg_current_wal_insert_lsn()");
            SlowShop.awaitSeconds(night, 12);
            return night.ask("SELECT pg_current_wal_insert_lsn()").equals(before);
        });
    }

    /** Writes the run as a command would, and leaves it to whoever serves. */
    private static void submit(Night night, String text) throws Exception {
        Path file = night.plan(text);
        Login login = night.primary().migrator();
        DatabaseUrl url = DatabaseUrl.parse(login.url());
        PlanReading reading = PlanReader.read(file.toString(), Files.readString(file), file.getParent());
        Plan plan = ((PlanReading.Accepted) reading).plan();
        new JournalInstaller(dev.nightshift.schema.Login.of(url, Optional.of(login.password())), false).install();
        Vertx vertx = EventLoops.create();
        PgSessions sessions = PgSessions.of(vertx, url, Map.of("PGPASSWORD", login.password()));
        PgLine line = new PgLine(sessions, SessionSettings.control("nightshift/submit"));
        new PgRuns(line)
                .begin(new RunId("7f3kmq"), plan, file.toString(), "ann@desk")
                .eventually(line::close)
                .eventually(vertx::close)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static String classes(Nightshift serve) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(serve.pid()),
                        "VM.class_hierarchy")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(said).isZero();
        return said;
    }
}
