package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessIT {

    private static final long ORDERS = 100_000;

    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "%URL%"}
            replicas: {required: [standby-a]}
            backup: {dump: {directory: %DIR%/backups, jobs: 2, tables: [public.orders]}, verify: readable}
            steps:
              - backfill:  {name: fill, table: public.orders, set: {total_cents: "(amount * 100)::bigint", touched: "touched + 1"}, where: "total_cents IS NULL"}
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)"}
              - verify:    {name: no-gaps, sql: "SELECT NOT EXISTS (SELECT FROM public.orders WHERE total_cents IS NULL)"}
            abort:
              - statement: {name: drop-index, sql: "DROP INDEX CONCURRENTLY IF EXISTS public.orders_total_idx"}
            """;

    @Test
    void carries_out_a_plan_from_backup_to_verification(@TempDir Path directory) {
        try (Night night = Night.start(directory, ORDERS, ClusterSettings.withStandbys("standby-a"))) {
            Nightshift run = night.nightshift("run", night.plan(PLAN).toString());

            assertThat(run.awaitExit(Duration.ofMinutes(3))).as(run.output()).isZero();
            assertThat(night.state()).isEqualTo("succeeded");
            assertThat(
                            night.count(
                                    "SELECT count(*) FROM public.orders WHERE touched = 1 AND total_cents = (amount * 100)::bigint"))
                    .isEqualTo(ORDERS);
            assertThat(night.rowsDone()).isEqualTo(ORDERS);
            assertThat(night.count("SELECT count(*) FROM nightshift.backups WHERE state = 'verified'"))
                    .isEqualTo(1);
            assertThat(
                            night.count(
                                    "SELECT count(*) FROM pg_index WHERE indexrelid = 'public.orders_total_idx'::regclass AND indisvalid"))
                    .isEqualTo(1);
            assertThat(night.count("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'nightshift/%'"))
                    .isZero();
        }
    }
}
