package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Trouble;
import dev.nightshift.time.Backoff;
import dev.nightshift.time.Clock;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.BackupOutcome;
import dev.nightshift.worker.Dumps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Takes backups with {@code pg_dump} in directory format; nothing counts before it was read back in full. */
public final class DumpBackup implements Dumps {

    private static final Backoff LOCK_BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final Setup setup;

    DumpBackup(Setup setup) {
        this.setup = setup;
    }

    /**
     * Dumps with what this machine has.
     *
     * @param password of the plan's database; empty when the server asks for none
     * @param environment where {@code PATH} and {@code NIGHTSHIFT_PG_BIN} are looked up
     */
    public static DumpBackup of(
            Catalog catalog, BackupJournal journal, Optional<String> password, Map<String, String> environment) {
        return new DumpBackup(
                new Setup(catalog, journal, password, environment, Instant::now, Volume::of, LOCK_BACKOFF));
    }

    /** What a dump reaches outside; tests put a full volume and short waits here. */
    record Setup(
            Catalog catalog,
            BackupJournal journal,
            Optional<String> password,
            Map<String, String> environment,
            Clock clock,
            Volumes volumes,
            Backoff lockBackoff) {

        @Override
        public String toString() {
            return "Setup";
        }
    }

    /** Looks how full the file system of a directory is. */
    interface Volumes {
        Volume of(Path directory) throws IOException;
    }

    @Override
    public BackupOutcome takeAndVerify(RunRecord run, Plan plan, Attempt attempt) {
        if (!(plan.backup() instanceof BackupSpec.Dump spec)) {
            return new BackupOutcome("none", "no backup: the plan says `backup: none`");
        }
        Optional<KeptBackup> own = new OwnBackups(setup.journal(), attempt).settle(run, spec);
        if (own.isPresent()) {
            KeptBackup kept = own.get();
            return outcome(kept.id(), kept.verification(), "taken at " + kept.startedAt(), kept.directory());
        }
        String database = plan.database().database();
        DumpDirectory directory =
                DumpDirectory.name(spec.directory(), database, setup.clock().now(), run.id());
        Level level = Level.of(spec.verify());
        String id = setup.journal()
                .started(
                        attempt,
                        KeptBackup.Kind.DUMP,
                        directory.location().toString(),
                        level.toString(),
                        spec.maxAge());
        try (Interruption interruption = new Interruption(attempt.stop())) {
            DumpTask task = new DumpTask(id, run, plan, spec, attempt, directory, interruption);
            return new DumpTaking(setup, task).take();
        } catch (Trouble trouble) {
            setup.journal().failed(attempt, id, trouble.explanation());
            throw trouble;
        }
    }

    static BackupOutcome outcome(String id, String level, String more, Path location) {
        return new BackupOutcome(id, "verified (" + level + "), " + more + ", in " + location);
    }
}
