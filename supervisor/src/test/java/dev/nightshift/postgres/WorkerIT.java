package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerIT {

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void a_run_of_backfill_index_and_verification_ends_with_every_row_done() {
        stage.migrator.execute(
                "CREATE TABLE public.orders (id bigint PRIMARY KEY, amount numeric, cents bigint)",
                "INSERT INTO public.orders SELECT g, g * 1.5 FROM generate_series(1, 20000) g");
        RunId run = stage.run(
                "- backfill: {name: fill, table: public.orders, set: {cents: \"(amount * 100)::bigint\"}, where: \"cents IS NULL\"}",
                "- statement: {name: index, sql: \"CREATE INDEX CONCURRENTLY orders_cents ON public.orders (cents)\"}",
                "- statement: {name: check, sql: \"ALTER TABLE public.orders ADD CONSTRAINT filled CHECK (cents IS NOT NULL)\"}",
                "- verify: {name: no-gaps, sql: \"SELECT count(*) = 0 FROM public.orders WHERE cents IS NULL\"}");
        stage.permit(run, "1 hour");

        stage.worksUntilDone(run);

        assertThat(stage.rows(run, 0)).isEqualTo(20000);
        assertThat(stage.step(run, 0, "rows_total")).isEqualTo("20000");
        assertThat(stage.migrator.number("SELECT count(*) FROM public.orders WHERE cents = amount * 100"))
                .isEqualTo(20000);
        assertThat(stage.migrator.truth("SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_cents'::regclass"))
                .isTrue();
    }
}
