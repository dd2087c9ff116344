package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code nightshift backup} does: lists backups and proves one good again. */
public final class Backups {

    private static final String WHILE = "verifying a backup";

    private Backups() {}

    /** Every backup that the journal knows, the latest first. */
    public static List<KeptBackup> list(BackupJournal journal) {
        return journal.all();
    }

    /**
     * Verifies the files of a backup by its id.
     *
     * @throws Permanent when the journal has no such backup, or {@link #verify(Path, Map)} says so
     */
    public static Verified verify(BackupJournal journal, String id, Map<String, String> environment) {
        return verify(find(journal, id).directory(), environment);
    }

    /** @throws Permanent when the journal has no such backup */
    public static KeptBackup find(BackupJournal journal, String id) {
        return journal.find(id)
                .orElseThrow(() -> refuse("no backup " + id + " in the journal", "see `nightshift backup list`"));
    }

    /**
     * Asks whoever keeps a backup whether it is still there.
     *
     * @param plan of the run that had it taken
     * @return why it does not count any more, in sentences
     */
    public static List<String> absence(KeptBackup backup, Plan plan, ElsewhereBackup.Providers providers) {
        if (!(plan.backup() instanceof BackupSpec.Elsewhere spec)) {
            throw refuse("backup " + backup.id() + " is not kept elsewhere", "name the directory of its files");
        }
        Provider.Wanted wanted = new Provider.Wanted(backup.servesFrom().orElse(backup.id()), backup.run(), plan);
        Provider.Look look = providers.of(spec, tool -> {}).look(wanted, backup.handle());
        if (look.state() != Provider.State.DONE) {
            return List.of("it is not there: "
                    + (look.message().isEmpty() ? look.state().name().toLowerCase(Locale.ROOT) : look.message()));
        }
        String handle = look.found().orElseThrow().handle();
        return backup.handle()
                        .filter(then -> !then.isEmpty() && !then.equals(handle))
                        .isPresent()
                ? List.of("another one is attested now: " + handle)
                : List.of();
    }

    /**
     * Reads a backup in full: the sums of its manifest, the whole archive, and its table of contents against the tables
     * that it must hold. Needs no database.
     *
     * @throws Permanent when there is no manifest, or no {@code pg_restore}
     */
    public static Verified verify(Path directory, Map<String, String> environment) {
        try {
            Manifest manifest = Manifest.read(directory);
            ArchiveCheck check = new ArchiveCheck(PostgresTools.newest(environment), tool -> {});
            return new Verified(directory, manifest, check.problems(directory, manifest, Level.CHECKSUMMED));
        } catch (IOException e) {
            throw refuse(
                    directory + " has no readable " + Manifest.NAME,
                    "name the directory of a backup, or its id from `nightshift backup list`");
        } catch (IllegalArgumentException e) {
            throw refuse(
                    "the manifest of " + directory + " is damaged: " + e.getMessage(),
                    "do not rely on this backup; take another one");
        }
    }

    /**
     * What a verification found.
     *
     * @param problems in sentences; empty when the backup is good
     */
    public record Verified(Path directory, Manifest manifest, List<String> problems) {

        public Verified {
            problems = List.copyOf(problems);
        }

        public boolean good() {
            return problems.isEmpty();
        }
    }

    private static Permanent refuse(String what, String todo) {
        return new Permanent(new Explanation(what, WHILE, Explanation.NOTHING_CHANGED, todo));
    }
}
