package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import dev.nightshift.sandbox.Processes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether old values are kept and put back exactly, whoever is killed, beside an application that updates the same rows. */
@Tag("faults")
class KeptValuesFaultIT {

    private static final String RAISE = """
              - backfill:
                  name: raise
                  table: public.ledger
                  set: {amount: "amount + public.slowly(0.01)", touched: "touched + 1"}
                  where: "touched = 0 AND NOT born_done"
                  keep-old: true
                  batch: {rows: 100}
              - hold: {name: look, until: approved}
            abort:
              - restore: {name: back, undoes: raise, batch: {rows: 100}}
            """;

    private static final String RESTORED = "SELECT coalesce(sum(rows), 0) FROM nightshift.progress WHERE step = 2";

    @Test
    void killed_workers_and_a_killed_abort_leave_every_row_as_it_was(@TempDir Path directory) throws SQLException {
        try (Night night = SlowShop.start(directory, ClusterSettings.primaryOnly())) {
            Ledger.create(night);
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> application = CompletableFuture.supplyAsync(() -> notes(night, over));
            try {
                Nightshift run = night.nightshift(
                        "run", night.plan(SlowShop.plan(night, RAISE)).toString());
                for (int kill = 1; kill <= 3; kill++) {
                    SlowShop.awaitRowsDone(night, Ledger.ROWS * kill / 5);
                    Processes.kill(run.awaitWorker().pid());
                }
                Night.await(
                        "every row is done",
                        () -> night.ask("SELECT state FROM nightshift.steps WHERE name = 'look'")
                                .equals("asking"));
                assertThat(night.count("SELECT count(*) FROM public.ledger_raise_old"))
                        .as("kept, of the rows that were changed")
                        .isEqualTo(night.rowsDone())
                        .isEqualTo(Ledger.ROWS);
                assertThat(night.count("SELECT count(*) FROM public.ledger_raise_old"
                                + " WHERE amount <> 1 OR amount_new <> 2 OR touched <> 0 OR touched_new <> 1"))
                        .isZero();
                killInTheMidstOfTheAbort(night, run);

                Nightshift resumed = night.nightshift("resume");
                assertThat(resumed.awaitExit(Duration.ofMinutes(2)))
                        .as(resumed.output())
                        .isEqualTo(6);
            } finally {
                over.set(true);
                assertThat(application.join()).isPositive();
            }
            assertThat(night.state()).isEqualTo("aborted");
            assertThat(Ledger.wrong(night, "amount = 1 AND touched = 0")).isEmpty();
            assertThat(night.count(RESTORED)).isEqualTo(Ledger.ROWS);
        }
    }

    /** Gives every row another version now and then; how many it did. */
    private static int notes(Night night, AtomicBoolean over) {
        Random random = new Random(7);
        int done = 0;
        try (Connection clerk = night.primary().migrator().connect("clerk");
                PreparedStatement note = clerk.prepareStatement("UPDATE public.ledger SET note = ? WHERE id = ?")) {
            while (!over.get()) {
                note.setString(1, "x".repeat(1 + random.nextInt(90)));
                note.setLong(2, 1 + random.nextInt((int) Ledger.ROWS));
                done += note.executeUpdate();
            }
            return done;
        } catch (SQLException e) {
            throw new IllegalStateException("an application must never fail because of a run", e);
        }
    }

    /** A row that somebody has locked keeps the abort from ending before it is struck. */
    private static void killInTheMidstOfTheAbort(Night night, Nightshift run) throws SQLException {
        try (Connection somebody = night.primary().migrator().connect("somebody")) {
            somebody.setAutoCommit(false);
            String last = "SELECT id FROM public.ledger WHERE touched = 1 ORDER BY id DESC LIMIT 1 FOR UPDATE";
            try (ResultSet row = somebody.createStatement().executeQuery(last)) {
                assertThat(row.next()).isTrue();
            }
            night.ask("SELECT nightshift.abort('no good')");
            Night.await("a part is put back", () -> night.count(RESTORED) > 0);
            run.killAlone();
        }
        assertThat(night.state()).isEqualTo("aborting");
    }
}
