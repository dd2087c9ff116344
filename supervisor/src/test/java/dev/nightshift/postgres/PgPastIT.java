package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.Past;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Cause;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Working;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgPastIT {

    private final JournaledRun journaled = new JournaledRun();

    @AfterEach
    void close() {
        journaled.close();
    }

    @Test
    void there_is_none_where_no_journal_is_installed_or_no_run_is_in_it() {
        assertThat(newest()).isEmpty();
        journaled.install();
        assertThat(newest()).isEmpty();
    }

    @Test
    void tells_of_the_newest_run_and_counts_all_of_its_plan() {
        Cause cause = new Cause(Cause.Kind.GUARD, "replica-lag", "replica lag standby-a 301 s > 300 s");
        RunRecord run = journaled.in(new Working());
        assertThat(newest().orElseThrow().run().state()).isEqualTo(new Working());
        journaled.move(run, new Aborted(cause));
        journaled.database.execute("""
                INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, state, created_by, created_at, ended_at)
                VALUES ('aaaaaa', 'orders-total-cents', '', '', '', 'succeeded', 'ann', '2026-01-01Z', '2026-01-01 01:00Z'),
                       ('bbbbbb', 'another-plan', '', '', '', 'succeeded', 'ann', '2026-01-01Z', '2026-01-01 02:00Z')""");
        journaled.database.execute("""
                INSERT INTO nightshift.backups (id, run_id, kind, state, location, verification)
                VALUES ('b1', 'aaaaaa', 'dump', 'failed', '/b1', 'readable'),
                       ('b2', 'bbbbbb', 'dump', 'failed', '/b2', 'readable')""");

        Past past = newest().orElseThrow();

        assertThat(past.run().state()).isEqualTo(new Aborted(cause));
        assertThat(past.supervised()).isTrue();
        assertThat(past.steps()).hasSize(3);
        assertThat(past.movedAt()).isAfterOrEqualTo(past.createdAt());
        assertThat(past.runs().states()).isEqualTo(Map.of("aborted", 1L, "succeeded", 1L));
        assertThat(past.runs().aborts()).isEqualTo(Map.of(Cause.Kind.GUARD, 1L));
        assertThat(past.runs().failedBackups()).isEqualTo(1);
        assertThat(past.runs().lastSuccess()).hasToString("Optional[2026-01-01T01:00:00Z]");
    }

    private Optional<Past> newest() {
        return Patiently.done("test", new PgPast(journaled.control).newest());
    }
}
