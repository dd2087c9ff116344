package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import java.util.List;
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
        assertThat(stage.migrator.text("SELECT null_frac::text FROM pg_stats WHERE attname = 'cents'"))
                .as("the planner knows the column")
                .isEqualTo("0");
        String told = "SELECT (SELECT sum(n::bigint) FROM jsonb_array_elements_text(pace -> 'batchCounts') n)::bigint"
                + " FROM nightshift.heartbeats WHERE run_id = ?";
        assertThat(stage.migrator.number(told, run.text()))
                .as("batches by their time, in the worker's last sign of life")
                .isEqualTo(stage.migrator.number(
                        "SELECT batches FROM nightshift.progress WHERE run_id = ? AND step = 0", run.text()));
    }

    @Test
    void the_place_before_the_first_write_is_marked_once_where_the_role_may() {
        stage.migrator.execute("CREATE TABLE public.t (id int PRIMARY KEY)");
        String[] steps = {
            "- statement: {name: add, sql: \"ALTER TABLE public.t ADD COLUMN n int\"}",
            "- statement: {name: more, sql: \"ALTER TABLE public.t ADD COLUMN m int\"}"
        };
        RunId refused = stage.run(steps);
        stage.permit(refused, "1 hour");
        stage.worksUntilDone(refused);
        assertThat(marks(refused))
                .containsExactly("|no restore point, role migrator may not call pg_create_restore_point");

        stage.database.asSuperuser("GRANT EXECUTE ON FUNCTION pg_create_restore_point TO migrator");
        stage.migrator.execute("ALTER TABLE public.t DROP COLUMN n, DROP COLUMN m");
        RunId granted = stage.run(steps);
        stage.permit(granted, "1 hour");
        stage.worksUntilDone(granted);
        assertThat(marks(granted)).containsExactly("nightshift/" + granted + "/before|");
    }

    /** Name and reason of each mark, without what differs from run to run. */
    private List<String> marks(RunId run) {
        return stage
                .migrator
                .rows(
                        "SELECT subject || '|' || regexp_replace(message, '^before the first write: [0-9A-F]+/[0-9A-F]+ on"
                                + " timeline [0-9]+, (nothing archived yet|last archived segment [0-9A-F]+)(; )?', '') AS mark"
                                + " FROM nightshift.events WHERE kind = 'restore-point' AND run_id = ?",
                        run.text())
                .stream()
                .map(row -> row.text("mark"))
                .toList();
    }
}
