package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.LoadReport;
import dev.nightshift.sandbox.LoadSettings;
import dev.nightshift.sandbox.ShopLoad;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes as people use them: one line each in a plan, carried out by a run while the shop is open. */
class RecipesRunIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ORDERS = 20_000;

    private static final String PLAN = """
            nightshift: 1
            name: recipes
            database: {url: "%URL%"}
            replicas: none
            backup: none
            steps:
              - backfill: {name: totals, table: public.orders, set: {total_cents: "(amount * 100)::bigint"}, where: total_cents IS NULL}
              - not-null: {name: total, table: public.orders, column: total_cents}
              - bigint-key: {name: id, table: public.orders, column: id}
            """;

    private static final String SCHEMA = """
            SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
              SELECT conname || ' ' || pg_get_constraintdef(oid) AS line FROM pg_constraint
              WHERE conrelid = 'public.orders'::regclass
              UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = 'orders'
              UNION ALL SELECT attname || ' ' || atttypid::regtype || ' ' || attnotnull || ' ' || attidentity::text
              FROM pg_attribute WHERE attrelid = 'public.orders'::regclass AND attnum > 0 AND NOT attisdropped
              UNION ALL SELECT tgname FROM pg_trigger WHERE tgrelid = 'public.orders'::regclass
              UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            ) AS all_of_it""";

    @TempDir
    private Path directory = Path.of("");

    private Night night;

    @BeforeEach
    void start() {
        night = Night.start(directory, ORDERS, ClusterSettings.primaryOnly());
        night.primary().execute("ALTER TABLE public.orders ALTER COLUMN id TYPE int");
    }

    @AfterEach
    void stop() {
        night.close();
    }

    @Test
    void a_key_becomes_a_bigint_while_the_shop_reads_and_writes_and_no_order_is_lost() {
        String before = night.ask(SCHEMA);
        LoadReport report;
        try (ShopLoad load =
                ShopLoad.start(night.primary().migrator(), LoadSettings.of(60).mix(LoadSettings.Mix.WITH_DELETES))) {
            Nightshift run = run();
            awaitState(run, "holding");
            night.nightshift("approve", "--reason", "every program reads 64 bits");
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            load.startOver();
            long last = night.count("SELECT max(id) FROM public.orders");
            Night.await("orders after the swap", () -> night.count("SELECT max(id) FROM public.orders") > last + 20);
            report = load.report();
        }

        assertThat(night.state()).isEqualTo("succeeded");
        assertThat(report.failures()).isEmpty();
        assertThat(night.ask("SELECT atttypid::regtype || ' ' || attnotnull FROM pg_attribute WHERE attname = 'id'"
                        + " AND attrelid = 'public.orders'::regclass"))
                .isEqualTo("bigint true");
        assertThat(night.count("SELECT count(*) FROM public.orders WHERE id_old IS NOT NULL AND id_old <> id"))
                .isZero();
        assertThat(night.count(
                        "SELECT count(*) FROM public.orders WHERE public_id <> md5('order ' || id)::uuid AND id <= "
                                + ORDERS))
                .isZero();
        assertThat(night.ask(SCHEMA).lines())
                .containsExactlyInAnyOrderElementsOf((before.replace("id integer true", "id bigint true")
                                        .replace("total_cents bigint false", "total_cents bigint true")
                                + "\nid_old integer false ")
                        .lines()
                        .toList());
    }

    @Test
    void an_abort_before_the_swap_leaves_the_schema_as_it_was() {
        String before = night.ask(SCHEMA);
        Nightshift run = run();
        awaitState(run, "holding");
        assertThat(night.ask(SCHEMA)).isNotEqualTo(before);

        Nightshift abort = night.nightshift("abort", "--reason", "not tonight");
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(6);
        abort.awaitExit(PATIENCE);

        assertThat(night.state()).isEqualTo("aborted");
        assertThat(night.ask(SCHEMA)).isEqualTo(before);
    }

    @Test
    void what_somebody_else_made_stops_the_run_and_is_still_there_after_its_abort() {
        night.primary().execute("CREATE TABLE public.orders_id_bigint_key ()");
        String before = night.ask(SCHEMA);
        Nightshift run = run();
        assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(12);
        assertThat(run.output()).contains("public.orders_id_bigint_key is there already");
        assertThat(night.state()).isEqualTo("failed");

        Nightshift abort = night.nightshift("abort", "--reason", "another way");
        assertThat(abort.awaitExit(PATIENCE)).as(abort.output()).isEqualTo(6);

        assertThat(night.ask(SCHEMA)).isEqualTo(before);
        assertThat(night.count("SELECT count(*) FROM public.orders_id_bigint_key"))
                .isZero();
    }

    private Nightshift run() {
        return night.nightshift("run", night.plan(PLAN).toString());
    }

    private void awaitState(Nightshift run, String state) {
        Night.await(state, () -> night.state().equals(state) || !run.isAlive());
        assertThat(night.state()).as(run.output()).isEqualTo(state);
    }
}
