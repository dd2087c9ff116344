package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a worker may be killed while the server carries out a statement of any kind of step for it. */
@Tag("faults")
class KilledInEveryStepFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String MIGRATION = """
            SELECT pg_catalog.pg_sleep(4);
            ALTER TABLE public.orders ADD COLUMN expanded integer;
            """;

    private static final String STEPS = """
              - schema:    {name: expand, locations: ["%DIR%/migrations"], baseline: "0"}
            """ + SlowShop.FILL + """
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY orders_slow_idx ON public.orders (public.slow_key(amount))"}
              - verify:    {name: no-gaps, sql: "SELECT count(*) = 0 AND pg_sleep(4) IS NOT NULL FROM public.orders WHERE total_cents IS NULL"}
            """;

    /** The step, and a piece of the statement in which its worker is killed. */
    private static final Map<String, String> KILLS = new LinkedHashMap<>();

    static {
        KILLS.put("expand", "%pg_sleep(4)%");
        KILLS.put("fill", "%slowly%");
        KILLS.put("index", "CREATE INDEX%");
        KILLS.put("no-gaps", "%pg_sleep(4) IS%");
    }

    @Test
    void a_worker_killed_in_a_step_of_each_kind_leaves_each_done_once(@TempDir Path directory) throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("migrations")).resolve("V1__expand.sql"), MIGRATION);
        try (Night night = SlowShop.alone(directory)) {
            night.primary().execute("""
                    CREATE FUNCTION public.slow_key(amount numeric) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
                    BEGIN
                        PERFORM pg_catalog.pg_sleep(0.0005);
                        RETURN (amount * 100)::bigint;
                    END $$""");
            Nightshift run = night.nightshift(
                    "run", night.plan(SlowShop.plan(night, STEPS)).toString());
            KILLS.forEach((step, statement) -> killIn(night, run, step, statement));

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            assertThat(night.state()).isEqualTo("succeeded");
            assertThat(night.count("SELECT count(*) FROM public.orders WHERE touched = 1"))
                    .isEqualTo(SlowShop.ORDERS)
                    .isEqualTo(night.rowsDone());
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE kind = 'worker-lost'"))
                    .isEqualTo(KILLS.size());
            assertThat(night.ask("SELECT string_agg(version || ' ' || success, ', ') FROM public.flyway_schema_history"
                            + " WHERE version = '1'"))
                    .isEqualTo("1 true");
            assertThat(night.count("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                    .isZero();
            assertThat(night.count("SELECT count(*) FROM pg_class WHERE relname ~ '^orders_slow_idx'"))
                    .isEqualTo(1);
        }
    }

    private static void killIn(Night night, Nightshift run, String step, String statement) {
        String running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '" + statement
                + "' AND starts_with(application_name, 'nightshift/') AND pid <> pg_backend_pid()";
        Night.await("step " + step + " runs; " + night.state(), () -> {
            assertThat(run.isAlive()).as(run.output()).isTrue();
            return night.count(running) > 0;
        });
        Processes.kill(run.awaitWorker().pid());
    }
}
