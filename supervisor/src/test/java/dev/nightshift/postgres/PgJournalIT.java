package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Superseded;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Working;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a supervisor may write depends on its lease, at the instant at which the database has it in hand. */
class PgJournalIT {

    private static final Event EVENT = new Event("slowed", "", "replica lag");

    private final JournaledRun journaled = new JournaledRun();

    @AfterEach
    void close() {
        journaled.close();
    }

    @Test
    void a_write_that_arrives_after_the_lease_ran_out_changes_nothing_and_may_be_tried_again() {
        RunRecord run = journaled.in(new Working());
        journaled.database.migrator().execute("UPDATE nightshift.lease SET expires_at = clock_timestamp()");
        long moves = moves();

        assertThatThrownBy(() -> journaled.move(run, new Working())).isInstanceOf(Transient.class);
        assertThatThrownBy(() -> note(run)).isInstanceOf(Transient.class);
        assertThat(moves()).isEqualTo(moves);

        Patiently.done("test", journaled.lease.acquire());
        note(run);
        assertThat(journaled.move(run, new Working()).moves()).isEqualTo(moves + 1);
    }

    @Test
    void a_write_under_a_lease_that_another_took_changes_nothing_and_is_never_tried_again() {
        RunRecord run = journaled.in(new Working());
        long moves = moves();
        for (String until : new String[] {"interval '10 seconds'", "-interval '1 second'"}) {
            journaled
                    .database
                    .migrator()
                    .execute("UPDATE nightshift.lease SET token = gen_random_uuid(), expires_at = clock_timestamp() + "
                            + until);
            assertThatThrownBy(() -> journaled.move(run, new Working())).isInstanceOf(Superseded.class);
            assertThatThrownBy(() -> note(run)).isInstanceOf(Superseded.class);
        }
        assertThat(moves()).isEqualTo(moves);
    }

    private void note(RunRecord run) {
        Patiently.done("test", journaled.journal.note(run.id(), EVENT));
    }

    private long moves() {
        return journaled.database.migrator().number("SELECT moves FROM nightshift.runs");
    }
}
