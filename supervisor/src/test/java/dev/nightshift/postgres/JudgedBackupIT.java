package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.Backup;
import dev.nightshift.run.Holders;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Transient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which backup of its own a run that has not written yet may rest on; the database's clock says how old it is. */
class JudgedBackupIT {

    private final JournaledRun journaled = new JournaledRun();
    private RunRecord run = journaled.in(new Backup(Holders.NONE));

    @BeforeEach
    void verified_two_hours_ago() {
        execute("INSERT INTO nightshift.backups (id, run_id, kind, state, location, verification, max_age, started_at,"
                + " verified_at) SELECT '7f3kmq-1', '7f3kmq', 'dump', 'verified', '/backups/shop', 'readable', '1 hour',"
                + " at, at FROM (SELECT clock_timestamp() - interval '2 hours' AS at) a");
    }

    @AfterEach
    void close() {
        journaled.close();
    }

    @Test
    void one_that_is_too_old_is_set_aside_once_and_the_history_says_so() {
        judge();
        judge();
        assertThat(state()).isEqualTo("outdated");
        assertThat(text("SELECT string_agg(subject || ': ' || message, ' · ') FROM nightshift.events"
                        + " WHERE kind = 'backup-outdated'"))
                .isEqualTo(
                        "7f3kmq-1: it is older than the plan's maxAge: another one is taken, and /backups/shop stays");
        assertThat(text("SELECT verified_at IS NOT NULL FROM nightshift.backups"))
                .isEqualTo("t");
    }

    @Test
    void one_that_is_young_enough_or_may_be_of_any_age_is_kept() {
        execute("UPDATE nightshift.backups SET max_age = '3 hours'");
        judge();
        assertThat(state()).isEqualTo("verified");
        execute("UPDATE nightshift.backups SET max_age = NULL");
        judge();
        assertThat(state()).isEqualTo("verified");
    }

    @Test
    void once_the_run_has_written_its_backup_is_kept_whatever_its_age() {
        execute("UPDATE nightshift.steps SET state = 'failed', started_at = clock_timestamp() - interval '90 minutes',"
                + " ended_at = clock_timestamp() WHERE run_id = '7f3kmq' AND kind = 'backfill'");
        judge();
        assertThat(state()).isEqualTo("verified");
    }

    @Test
    void a_step_that_cannot_write_is_no_write() {
        execute(
                "UPDATE nightshift.steps SET state = 'asking', started_at = clock_timestamp() WHERE kind = 'hold'",
                "INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class, state, started_at, ended_at)"
                        + " SELECT '7f3kmq', 'work', 90, 'down', 'workloads', 'cancel-only', 'done', at, at FROM"
                        + " (SELECT clock_timestamp() AS at) a");
        judge();
        assertThat(state()).isEqualTo("outdated");
    }

    @Test
    void one_that_another_run_has_written_since_is_set_aside_however_young() {
        execute(
                "UPDATE nightshift.backups SET max_age = NULL",
                "INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, state, ended_at, created_by)"
                        + " SELECT 'abcdef', 'other', 'x', '', '', 'succeeded', clock_timestamp(), 'ben'",
                "INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class, state, started_at, ended_at)"
                        + " SELECT 'abcdef', 'work', 0, 's', 'statement', 'atomic', 'done', at, at FROM"
                        + " (SELECT clock_timestamp() - interval '1 hour' AS at) a");
        judge();
        assertThat(state()).isEqualTo("outdated");
        assertThat(text("SELECT message FROM nightshift.events WHERE kind = 'backup-outdated'"))
                .startsWith("another run has written since");
    }

    @Test
    void a_judgement_under_a_lease_that_ran_out_changes_nothing_and_is_made_again() {
        execute("UPDATE nightshift.lease SET expires_at = clock_timestamp()");
        assertThatThrownBy(this::judge).isInstanceOf(Transient.class);
        assertThat(state()).isEqualTo("verified");
    }

    private void judge() {
        Patiently.done("test", journaled.journal.judgeBackup(run.id()));
    }

    private String state() {
        return text("SELECT state FROM nightshift.backups");
    }

    private String text(String query) {
        return journaled.database.migrator().text(query);
    }

    private void execute(String... statements) {
        journaled.database.migrator().execute(statements);
    }
}
