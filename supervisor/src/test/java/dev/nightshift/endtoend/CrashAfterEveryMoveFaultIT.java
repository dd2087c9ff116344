package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a supervisor may be killed right after each line of the journal: the lines are written before the effects are
 * carried out, so that each kill falls between the two or into what comes next.
 */
@Tag("faults")
class CrashAfterEveryMoveFaultIT {

    private static final String INDEX = """
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)"}
              - verify:    {name: no-gaps, sql: "SELECT NOT EXISTS (SELECT FROM public.orders WHERE total_cents IS NULL)"}
            abort:
              - statement: {name: drop-index, sql: "DROP INDEX CONCURRENTLY IF EXISTS public.orders_total_idx"}
              - statement: {name: mark, sql: "COMMENT ON COLUMN public.orders.total_cents IS 'half filled'"}
            """;

    /** Everything that the journal says of where the run is; each is written before what it leads to is done. */
    private static final String MARKS = """
            SELECT subject || ': ' || message AS mark FROM nightshift.events WHERE kind IN ('state', 'held', 'released')
            UNION SELECT 'step ' || name || ': ' || state FROM nightshift.steps WHERE state <> 'pending'
            UNION SELECT 'backup: ' || state FROM nightshift.backups""";

    @Test
    void a_run_whose_supervisor_dies_after_every_move_ends_as_if_nothing_had_happened(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            String plan = SlowShop.planWithDump(night, "public.orders", SlowShop.FILL) + INDEX;
            Nightshift run = night.nightshift("run", night.plan(plan).toString());
            List<String> killed = killAfterEachMark(night, run, List.of());

            assertThat(killed).contains("preflight: taken over", "backup: taken over", "working: taken over");
            assertThat(night.count("SELECT count(*) FROM nightshift.backups WHERE state = 'verified'"))
                    .isEqualTo(1);
            assertThat(night.count("SELECT count(*) FROM pg_index WHERE indexrelid ="
                            + " 'public.orders_total_idx'::regclass AND indisvalid"))
                    .isEqualTo(1);
            assertNothingInvalid(night);
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    @Test
    void an_abort_whose_supervisor_dies_after_every_move_is_carried_out(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = night.nightshift(
                    "run",
                    night.plan(SlowShop.plan(night, SlowShop.FILL) + INDEX).toString());
            SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
            run.killAlone();
            List<String> before = marks(night);
            Nightshift abort = night.nightshift("abort", "--reason", "orders page is slow");
            List<String> killed = killAfterEachMark(night, abort, before);

            assertThat(killed).contains("aborting: taken over");
            assertThat(night.state()).isEqualTo("aborted");
            assertThat(night.ask("SELECT string_agg(state, ' ') FROM nightshift.steps WHERE part = 'abort'"))
                    .isEqualTo("done done");
            assertThat(night.count("SELECT count(*) FROM public.orders WHERE touched > 1"))
                    .isZero();
            assertThat(night.rowsDone()).isEqualTo(night.count("SELECT sum(touched) FROM public.orders"));
            assertNothingInvalid(night);
        }
    }

    /** Kills the supervisor each time something new stands in the journal, its worker with it every other time. */
    private static List<String> killAfterEachMark(Night night, Nightshift first, List<String> before) {
        List<String> seen = new ArrayList<>(before);
        Nightshift alive = first;
        int kills = 0;
        for (; awaitMark(night, alive, seen); kills++) {
            ProcessHandle worker = alive.worker().orElse(null);
            alive.killAlone();
            if (worker != null && kills % 2 == 0) {
                worker.destroyForcibly();
            }
            night.primary().execute("UPDATE nightshift.lease SET expires_at = '-infinity'");
            alive = night.nightshift("resume");
        }
        System.out.println("killed " + kills + " times after " + seen);
        return seen;
    }

    /** True as soon as the journal says something that it has not said before, false when the run has ended. */
    private static boolean awaitMark(Night night, Nightshift alive, List<String> seen) {
        List<String> fresh = new ArrayList<>();
        Night.await("something new in the journal", () -> {
            fresh.addAll(marks(night));
            fresh.removeAll(seen);
            return !fresh.isEmpty() || !alive.isAlive();
        });
        seen.addAll(fresh);
        return alive.isAlive();
    }

    private static List<String> marks(Night night) {
        String all = night.state().equals("none")
                ? ""
                : night.ask("SELECT string_agg(mark, ';') FROM (" + MARKS + ") AS marks");
        return all.isEmpty() || all.equals("null") ? List.of() : List.of(all.split(";"));
    }

    private static void assertNothingInvalid(Night night) {
        assertThat(night.count("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isZero();
        SlowShop.awaitNoSession(night);
    }
}
