package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.schema.ClaimedRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that are deleted with a real journal behind them. */
@Timeout(120)
class PrunerIT extends DumpScene {

    PrunerIT(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void what_nobody_needs_goes_with_its_files_and_the_journal_knows() {
        Plan plan = plan("tables: [public.orders]");
        take(plan);
        run.end();
        take(plan, ClaimedRun.start(database, "abcdef"));
        database.execute(
                "UPDATE nightshift.backups SET started_at = started_at - interval '9 days' WHERE run_id = '7f3kmq'");
        List<Pruning.Fate> fates = new Pruning(1, Duration.ofDays(7)).of(journal.withRuns());
        assertThat(fates)
                .extracting(Pruning.Fate::stays)
                .containsExactly(Optional.of("run abcdef has not succeeded: it is the way back"), Optional.empty());
        KeptBackup old = fates.get(1).backup();

        database.execute("UPDATE nightshift.runs SET state = 'backup' WHERE id = 'abcdef'");
        assertThat(new Pruner(journal).delete(old))
                .contains("a run needs it now, or is choosing its backup: try again later");
        assertThat(old.directory()).exists();
        database.execute("UPDATE nightshift.runs SET state = 'working' WHERE id = 'abcdef'");
        assertThat(new Pruner(journal).delete(old)).isEmpty();
        assertThat(directories())
                .singleElement()
                .isEqualTo(fates.get(0).backup().directory());
        assertThat(journal.find(old.id()).orElseThrow().state()).isEqualTo(KeptBackup.State.PRUNED);
        assertThat(new Pruner(journal).delete(old))
                .hasValueSatisfying(why -> assertThat(why).contains("cannot be deleted"));
    }

    @Test
    void the_files_of_a_failed_run_are_not_deleted_whoever_asks() {
        take(plan("tables: [public.orders]"));
        database.execute("UPDATE nightshift.runs SET state = 'failed', ended_at = clock_timestamp()");
        KeptBackup backup = journal.all().get(0);
        assertThat(new Pruner(journal).delete(backup)).isPresent();
        assertThat(backup.directory()).exists();
    }
}
