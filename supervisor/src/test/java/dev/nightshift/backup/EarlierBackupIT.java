package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Permanent;
import dev.nightshift.schema.ClaimedRun;
import dev.nightshift.worker.BackupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a backup that is there already serves, and what is left of those that do not. */
@Timeout(120)
class EarlierBackupIT extends DumpScene {

    EarlierBackupIT(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void a_second_attempt_finds_the_backup_of_the_first_and_a_broken_one_is_taken_anew() throws IOException {
        Plan plan = plan("tables: [public.orders]");
        BackupOutcome first = take(plan);
        assertThat(take(plan).id()).isEqualTo(first.id());
        Files.delete(largest(journal.find(first.id()).orElseThrow().directory()));
        assertThat(take(plan).id()).isEqualTo("7f3kmq-2");
        assertThat(journal.find(first.id()).orElseThrow().state()).isEqualTo(KeptBackup.State.FAILED);
    }

    @Test
    void a_lost_backup_of_a_run_that_has_written_cannot_be_taken_anew() throws IOException {
        Plan plan = plan("tables: [public.orders]");
        BackupOutcome first = take(plan);
        step("7f3kmq", 0);
        assertThat(take(plan).id()).isEqualTo(first.id());
        Files.delete(largest(journal.find(first.id()).orElseThrow().directory()));
        assertThatThrownBy(() -> take(plan)).isInstanceOf(Permanent.class).hasMessageContaining("not there any more");
    }

    @Test
    void what_a_killed_attempt_left_is_cleared_away() throws IOException {
        Path partial = folder.resolve("shop-20261122T000000Z-7f3kmq.partial");
        Files.createDirectories(partial);
        Files.writeString(partial.resolve("toc.dat"), "half");
        Path of_another_run = Files.createDirectories(folder.resolve("shop-20261122T000000Z-abcdef.partial"));
        take(plan("tables: [public.orders]"));
        assertThat(partial).doesNotExist();
        assertThat(of_another_run).exists();
    }

    @Test
    void a_young_backup_of_an_earlier_run_serves_and_its_files_are_read_again() throws IOException {
        Plan plan = plan("tables: [public.orders]", ", maxAge: 1h");
        BackupOutcome first = take(plan);
        ClaimedRun next = nextRun();
        BackupOutcome second = take(plan, next);
        assertThat(second.id()).isEqualTo("abcdef-1");
        KeptBackup served = journal.find(second.id()).orElseThrow();
        assertThat(served.servesFrom()).contains(first.id());
        assertThat(served.location())
                .isEqualTo(journal.find(first.id()).orElseThrow().location());
        assertThat(directories()).hasSize(1);
    }

    @Test
    void an_earlier_backup_does_not_serve_after_a_change_of_definition_a_write_or_damage() throws IOException {
        Plan plan = plan("tables: [public.orders]", ", maxAge: 1h");
        take(plan);
        database.execute("ALTER TABLE orders ADD COLUMN total int");
        ClaimedRun second = nextRun();
        take(plan, second);
        assertThat(directories()).as("changed definition").hasSize(2);

        step("abcdef", 0);
        ClaimedRun third = nextRun();
        take(plan, third);
        assertThat(directories()).as("a run wrote meanwhile").hasSize(3);

        Files.delete(largest(journal.all().get(0).directory()));
        take(plan, nextRun());
        assertThat(directories()).as("a file is gone").hasSize(4);
    }

    @Test
    void an_earlier_backup_that_is_too_old_or_holds_fewer_tables_does_not_serve() {
        take(plan("tables: [public.orders]", ", maxAge: 1h"));
        take(plan("tables: [public.orders, public.parted]", ", maxAge: 1h"), nextRun());
        assertThat(directories()).hasSize(2);
        database.execute("UPDATE nightshift.backups SET started_at = started_at - interval '2 hours'");
        take(plan("tables: [public.orders]", ", maxAge: 1h"), nextRun());
        assertThat(directories()).hasSize(3);
    }

    private ClaimedRun nextRun() {
        database.execute("UPDATE nightshift.runs SET state = 'succeeded', ended_at = clock_timestamp()"
                + " WHERE ended_at IS NULL");
        String id = List.of("abcdef", "bcdefg", "cdefgh")
                .get(Integer.parseInt(database.text("SELECT count(*) - 1 FROM nightshift.runs")));
        return ClaimedRun.start(database, id);
    }

    private void step(String id, int ordinal) {
        database.execute("INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class, state, started_at,"
                + " ended_at) VALUES ('" + id + "', 'work', " + ordinal + ", 's', 'statement', 'atomic', 'done',"
                + " clock_timestamp(), clock_timestamp())");
    }
}
