package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Stop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An abort puts back what a backfill kept, once, where what it wrote still stands. */
class RestoreIT {

    private static final Stage STAGE = new Stage();
    private static final int ROWS = 5_000;

    private static final String[] PLAN = {
        "- backfill: {name: fill, table: public.t, set: {v: \"v + 1000000\"}, where: \"v < 1000000\", keep-old: true}",
        "- verify: {name: never, sql: SELECT false}",
        "abort:",
        "- restore: {name: back, undoes: fill, batch: {rows: 50}}",
    };

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @AfterEach
    void drop() {
        STAGE.migrator.execute("DROP TABLE IF EXISTS public.t, public.t_fill_old CASCADE");
    }

    @Test
    void every_row_of_a_run_that_was_stopped_in_its_midst_is_as_it_was() {
        RunId run = begun();
        STAGE.abort(run);
        assertThat(number("SELECT count(*) FROM public.t WHERE v >= 1000000")).isBetween(1L, ROWS - 1L);

        assertThat(aborted(run)).isEmpty();

        assertThat(number("SELECT count(*) FROM public.t WHERE v = id")).isEqualTo(ROWS);
        assertThat(STAGE.rows(run, 2)).isEqualTo(STAGE.rows(run, 0));
        assertThat(STAGE.step(run, 2, "detail ->> 'note'")).endsWith("rows put back");
    }

    @Test
    void what_the_application_wrote_since_stays_and_is_counted() {
        RunId run = begun();
        STAGE.abort(run);
        long kept = number("SELECT count(*) FROM public.t_fill_old");
        STAGE.migrator.execute(
                "CREATE TABLE public.few AS SELECT id, row_number() OVER () AS n FROM public.t_fill_old LIMIT 30",
                "UPDATE public.t SET v = -1 FROM public.few f WHERE f.id = t.id AND f.n <= 10",
                "DELETE FROM public.t USING public.few f WHERE f.id = t.id AND f.n BETWEEN 11 AND 20",
                "UPDATE public.t SET id = -t.id FROM public.few f WHERE f.id = t.id AND f.n > 20");

        assertThat(aborted(run)).isEmpty();

        STAGE.migrator.execute("DROP TABLE public.few");
        assertThat(number("SELECT count(*) FROM public.t WHERE v = -1")).isEqualTo(10);
        assertThat(number("SELECT count(*) FROM public.t WHERE v >= 1000000")).isEqualTo(10);
        assertThat(number("SELECT count(*) FROM public.t WHERE v = id")).isEqualTo(ROWS - 30);
        assertThat(STAGE.rows(run, 2)).isEqualTo(kept - 30);
        assertThat(STAGE.step(run, 2, "detail ->> 'note'"))
                .contains("; 30 were changed again, deleted or given another");
    }

    @Test
    void a_restore_that_was_cut_short_goes_on_where_it_was_beside_a_busy_application() {
        RunId run = begun();
        STAGE.abort(run);
        try (Increments app = Increments.start(STAGE, ROWS)) {
            for (int tries = 0; !aborted(run, forSomeBatches()).isEmpty(); tries++) {
                assertThat(tries).isLessThan(100);
                app.await(20);
            }
        }
        assertThat(number("SELECT count(*) FROM public.t WHERE v - inc NOT IN (id, id + 1000000)"))
                .isZero();
        assertThat(number("SELECT count(*) FROM public.t_fill_old k JOIN public.t USING (id) WHERE t.v - t.inc = id"))
                .isEqualTo(STAGE.rows(run, 2));
        assertThat(number("SELECT count(*) FROM public.t WHERE v >= 1000000 AND inc = 0"))
                .isZero();
    }

    @Test
    void nothing_is_put_back_while_the_guards_hold_and_it_is_said_why() {
        RunId run = begun();
        STAGE.abort(run);

        assertThat(aborted(run, () -> Allowance.none("replica lag standby-a 7 s > 5 s")))
                .singleElement()
                .asString()
                .contains("not done in time", "waits: replica lag standby-a 7 s > 5 s");
        assertThat(STAGE.rows(run, 2)).isZero();

        assertThat(aborted(run)).isEmpty();
        assertThat(number("SELECT count(*) FROM public.t WHERE v = id")).isEqualTo(ROWS);
    }

    @Test
    void what_gets_on_slowly_may_take_longer_than_an_abort_that_stands_still() {
        RunId run = begun();
        STAGE.abort(run);
        Duration budget = Duration.ofSeconds(3);
        double bytes =
                STAGE.migrator.number("SELECT wal FROM nightshift.progress WHERE run_id = ? AND step = 0", run.text());
        long began = System.nanoTime();

        assertThat(aborted(run, budget, () -> Allowance.of(bytes / 20))).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(budget);
        assertThat(number("SELECT count(*) FROM public.t WHERE v = id")).isEqualTo(ROWS);
    }

    @Test
    void nothing_is_put_back_of_a_step_that_changed_nothing() {
        table();
        STAGE.migrator.execute("CREATE TABLE public.t_fill_old (whose text)");
        RunId run = STAGE.run(PLAN);
        STAGE.permit(run, "1 hour");
        STAGE.hire(run).left();
        assertThat(STAGE.step(run, 0, "detail #>> '{failure,what}'"))
                .contains("public.t_fill_old")
                .contains("there already");
        STAGE.abort(run);

        assertThat(aborted(run)).isEmpty();

        assertThat(STAGE.step(run, 2, "detail ->> 'note'")).contains("nothing to undo");
        assertThat(number("SELECT count(*) FROM public.t WHERE v = id")).isEqualTo(ROWS);
    }

    @Test
    void a_table_of_old_values_that_is_gone_is_said() {
        RunId run = begun();
        STAGE.abort(run);
        STAGE.migrator.execute("DROP TABLE public.t_fill_old");

        assertThat(aborted(run))
                .singleElement()
                .asString()
                .contains("UPDATE public.t SET v = (t_fill_old.v) FROM public.t_fill_old WHERE")
                .contains("there is no table public.t_fill_old");
    }

    private static RunId begun() {
        table();
        RunId run = STAGE.run(PLAN);
        STAGE.permit(run, "1 hour", 500_000L);
        Stage.Hired worker = STAGE.hire(run);
        STAGE.awaitRows(run, 0, 300);
        worker.stop().ask(Stop.Reason.LEAVE);
        worker.left();
        return run;
    }

    private static List<String> aborted(RunId run) {
        return aborted(run, Duration.ofMinutes(1), () -> Allowance.UNLIMITED);
    }

    private static List<String> aborted(RunId run, Supplier<Allowance> guards) {
        return aborted(run, Duration.ofMillis(700), guards);
    }

    private static List<String> aborted(RunId run, Duration budget, Supplier<Allowance> guards) {
        return STAGE.abortSteps(run, budget, guards, PLAN);
    }

    /** It is asked before and after a batch. */
    private static Supplier<Allowance> forSomeBatches() {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() < 10 ? Allowance.UNLIMITED : Allowance.none("enough of it");
    }

    private static long number(String sql) {
        return STAGE.migrator.number(sql);
    }

    private static void table() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, v int NOT NULL, inc int NOT NULL DEFAULT 0)",
                "INSERT INTO public.t SELECT g, g FROM generate_series(1, " + ROWS + ") g");
    }
}
