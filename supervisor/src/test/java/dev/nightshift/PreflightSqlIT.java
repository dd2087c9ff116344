package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.guards.preflight.WalForecast.Basis;
import dev.nightshift.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of statements and of migration files are looked at like those of backfills. */
class PreflightSqlIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static PreflightPair pair;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path migrations;

    @BeforeAll
    static void start() {
        pair = PreflightPair.start(directory);
        pair.migrator()
                .execute(
                        "CREATE TABLE public.lines (id bigint PRIMARY KEY, order_id bigint, note varchar(20))",
                        "INSERT INTO public.lines SELECT n, n, 'note' FROM generate_series(1, 5000) AS n",
                        "CREATE INDEX lines_order ON public.lines (order_id)",
                        "ANALYZE public.lines");
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void what_a_migration_rewrites_and_builds_is_forecast_by_sizes() throws IOException {
        pair.healthy();
        Plan plan = migrating(
                "ALTER TABLE lines ADD COLUMN token uuid DEFAULT gen_random_uuid();",
                "CREATE INDEX CONCURRENTLY orders_amount ON orders (amount);");
        PreflightReport report = pair.look(plan);

        assertThat(PreflightPair.faults(report)).isEmpty();
        assertThat(PreflightPair.one(report, "PF-TOUCHED").seen()).contains("public.orders", "public.lines");
        assertThat(report.forecasts())
                .extracting(WalForecast::step, WalForecast::table, WalForecast::basis)
                .contains(
                        tuple("expand", "public.lines", Basis.REWRITE), tuple("expand", "public.orders", Basis.INDEX));
        long size = pair.migrator().number("SELECT pg_total_relation_size('public.lines')");
        assertThat(report.forecasts())
                .filteredOn(forecast -> forecast.basis() == Basis.REWRITE)
                .singleElement()
                .satisfies(forecast -> assertThat(forecast.growthBytes()).isBetween(0.5 * size, 1.5 * size));
    }

    @Test
    void a_migration_of_a_table_that_somebody_waits_for_or_owns_is_stopped() throws IOException, SQLException {
        pair.healthy();
        Plan plan = migrating("ALTER TABLE lines ADD COLUMN c int;");
        pair.superuser().execute("ALTER TABLE public.lines OWNER TO postgres", "GRANT ALL ON public.lines TO migrator");
        try {
            pair.assertFaults(plan, "PF-ROLE fail");
            assertThat(pair.one(plan, "PF-ROLE").seen()).contains("does not own public.lines");
        } finally {
            pair.superuser().execute("ALTER TABLE public.lines OWNER TO migrator");
        }
        try (Connection dump = pair.migrator().connect("pg_dump")) {
            dump.setAutoCommit(false);
            dump.createStatement().execute("LOCK TABLE public.lines IN ACCESS SHARE MODE");
            pair.assertFaults(plan, "PF-FOREIGN-DUMP fail");
        }
        pair.assertFaults(plan);
    }

    @Test
    void sql_that_is_put_together_at_run_time_is_said_to_be_unknown() throws IOException {
        pair.healthy();
        Plan plan = migrating(
                "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN c int', current_setting('my.table')); END $$;");
        pair.assertFaults(plan, "PF-TOUCHED warn");
        assertThat(pair.one(plan, "PF-TOUCHED").seen()).contains("step expand", "V1__migrate.sql");
        assertThat(pair.one(plan, "PF-TOUCHED").remedy()).contains("nightshift trace");
    }

    private Plan migrating(String... statements) throws IOException {
        for (int i = 0; i < statements.length; i++) {
            Files.writeString(migrations.resolve("V" + (i + 1) + "__migrate.sql"), statements[i]);
        }
        return pair.plan("- schema: {name: expand, locations: [" + migrations + "], baseline: \"0\"}");
    }
}
