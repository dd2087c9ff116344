package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Processes;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counts what was done to each row, by a name that never changes, while an application inserts, updates and deletes rows
 * and moves keys before and behind the walk, and workers are killed: no row twice, none missed.
 */
@Tag("faults")
class LinearityFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String FILL = """
              - backfill:
                  name: fill
                  table: public.ledger
                  set: {cents: "public.slowly(amount)", touched: "touched + 1"}
                  where: "cents IS NULL"
                  walk: %s
                  batch: {rows: 100}
            """;

    /** No condition protects a row here: only the cursor does. Keys stand still, as the plan says. */
    private static final String COUNT = """
              - backfill:
                  name: count
                  table: public.ledger
                  set: {touched: "touched + public.slowly(0.01)"}
                  stable-key: true
                  batch: {rows: 100}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"key", "heap"})
    void every_row_is_done_once_while_keys_move_and_rows_come_and_go(String walk, @TempDir Path directory) {
        try (Night night = start(directory);
                Bookkeeping load = Bookkeeping.start(night.primary().migrator(), true)) {
            Nightshift run = start(night, FILL.formatted(walk));
            killTwice(night, run);
            SlowShop.awaitRowsDone(night, Ledger.ROWS * 7 / 10);
            // What matches goes on coming for ever otherwise, and the run would ask a person about it.
            load.stopMakingWork();

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            load.stop();
            load.assertItWorked();
            assertThat(Ledger.wrong(night, "cents IS NOT NULL AND touched = CASE WHEN born_done THEN 0 ELSE 1 END"))
                    .isEmpty();
            assertThat(night.count("SELECT count(*) FROM public.gone WHERE touched > 1"))
                    .as("rows done twice before they were deleted")
                    .isZero();
            assertTheJournalCountsWhatWasDone(night);
        }
    }

    @Test
    void every_row_of_the_beginning_is_counted_once_although_no_condition_protects_it(@TempDir Path directory) {
        try (Night night = start(directory);
                Bookkeeping load = Bookkeeping.start(night.primary().migrator(), false)) {
            Nightshift run = start(night, COUNT);
            killTwice(night, run);

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            load.stop();
            load.assertItWorked();
            assertThat(Ledger.wrong(night, "touched = 1 OR (touched = 0 AND id > " + Ledger.ROWS + ")"))
                    .isEmpty();
            assertThat(night.count("SELECT count(*) FROM public.gone WHERE touched > 1"))
                    .isZero();
            assertTheJournalCountsWhatWasDone(night);
        }
    }

    private static Night start(Path directory) {
        Night night = SlowShop.start(directory, ClusterSettings.primaryOnly());
        Ledger.create(night);
        return night;
    }

    private static Nightshift start(Night night, String step) {
        return night.nightshift("run", night.plan(SlowShop.plan(night, step)).toString());
    }

    private static void killTwice(Night night, Nightshift run) {
        for (int kill = 1; kill <= 2; kill++) {
            SlowShop.awaitRowsDone(night, Ledger.ROWS * kill / 5);
            Processes.kill(run.awaitWorker().pid());
        }
    }

    private static void assertTheJournalCountsWhatWasDone(Night night) {
        String done = "SELECT coalesce(sum(touched), 0) FROM "
                + "(SELECT touched FROM public.ledger UNION ALL SELECT touched FROM public.gone) AS every";
        assertThat(night.rowsDone()).as("rows done, as the journal counts them").isEqualTo(night.count(done));
    }
}
