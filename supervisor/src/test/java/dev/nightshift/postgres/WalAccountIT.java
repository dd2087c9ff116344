package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.worker.Stop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WalAccountIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String FILL =
            "- backfill: {name: fill, table: public.t, set: {b: a}, where: \"b IS NULL\", batch: {rows: 500}}";
    private static final String INDEX =
            "- statement: {name: index, sql: \"CREATE INDEX CONCURRENTLY t_b ON public.t (b)\"}";

    private final Stage stage = new Stage();
    private final PgLine line =
            new PgLine(stage.sessions, SessionSettings.control("nightshift/supervisor/test/sensing"));
    private final PgSensors sensors = new PgSensors(line, System::nanoTime);

    @BeforeEach
    void table() {
        stage.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, a int NOT NULL, b int)",
                "INSERT INTO public.t SELECT g, g FROM generate_series(1, 5000) g");
    }

    @AfterEach
    void close() {
        line.close();
        stage.close();
    }

    @Test
    void batches_and_statements_account_for_nearly_all_that_a_quiet_server_writes() {
        RunId run = stage.run(FILL, INDEX);
        stage.permit(run, "1 hour");
        long before = position();

        stage.worksUntilDone(run);

        long server = position() - before;
        long batches = stage.migrator.number("SELECT wal FROM nightshift.progress WHERE run_id = ?", run.text());
        long index = Long.parseLong(stage.step(run, 1, "wal"));
        assertThat(batches).isGreaterThan(5000 * 50);
        assertThat(index).isPositive();
        assertThat(batches + index).isBetween(server / 2, server);
        assertThat(own(run)).isEqualTo(batches + index);
        assertThat(stage.step(run, 0, "wal") + stage.step(run, 1, "wal_from")).isEqualTo("0");
    }

    @Test
    void what_others_write_between_batches_is_not_the_runs() {
        RunId run = stage.run(FILL);
        stage.permit(run, "1 hour", 20_000L);
        Stage.Hired worker = stage.hire(run);
        stage.awaitRows(run, 0, 500);
        long own = own(run);
        // At 20 kB/s the next batch is seconds away.
        stage.migrator.execute(
                "CREATE TABLE public.noise AS SELECT g, repeat('x', 500) FROM generate_series(1, 20000) g");
        assertThat(own(run) - own).isLessThan(5_000_000);
        worker.stop().ask(Stop.Reason.LEAVE);
        worker.left();
    }

    @Test
    void a_statement_counts_while_it_runs_and_no_longer_when_its_worker_was_revoked() throws SQLException {
        RunId run = stage.run(FILL, INDEX);
        stage.permit(run, "1 hour");
        try (Connection app = stage.database.connect("shop-api")) {
            app.setAutoCommit(false);
            app.createStatement().execute("LOCK TABLE public.t IN ROW EXCLUSIVE MODE");
            Stage.Hired worker = stage.hire(run);
            awaitIndexBuild();
            long begun = own(run);
            stage.migrator.execute("CREATE TABLE public.noise AS SELECT g FROM generate_series(1, 20000) g");
            assertThat(own(run)).isGreaterThan(begun + 500_000);

            Patiently.done("test", new PgPermits(line, UUID.randomUUID()).revoke(run, false));
            worker.left();
        }
        long revoked = own(run);
        stage.migrator.execute("CREATE TABLE public.more AS SELECT g FROM generate_series(1, 20000) g");
        assertThat(own(run)).isEqualTo(revoked);
    }

    private void awaitIndexBuild() {
        Await.until(
                "the build waits",
                PATIENCE,
                () -> stage.migrator.truth("SELECT EXISTS (SELECT FROM pg_index WHERE NOT indisvalid"
                        + " AND indexrelid = to_regclass('public.t_b'))"));
    }

    private long position() {
        return stage.migrator.number("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");
    }

    private long own(RunId run) {
        Sample sample = PgSession.await(sensors.read(run), PATIENCE);
        List<Reading> readings = sample.readings().stream()
                .filter(reading -> reading.signal().equals(Reading.OWN_WAL))
                .toList();
        assertThat(readings).hasSize(1);
        return (long) readings.get(0).value().orElseThrow();
    }
}
