package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.worker.BackupOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Comes to a verified backup: an earlier one that serves, or a dump that is complete before it gets its name. */
final class DumpTaking {

    private final DumpBackup.Setup setup;
    private final DumpTask task;

    DumpTaking(DumpBackup.Setup setup, DumpTask task) {
        this.setup = setup;
        this.task = task;
    }

    BackupOutcome take() {
        LockPatience patience = new LockPatience(setup.catalog(), setup.lockBackoff(), task);
        CatalogFacts facts = facts(patience);
        PostgresTools tools = PostgresTools.find(facts.serverMajor(), setup.environment());
        ArchiveCheck check = new ArchiveCheck(tools, task.interruption()::watch);
        Optional<KeptBackup> earlier =
                new Earlier(setup.journal(), check).serving(task.run().id(), task.spec(), facts, task.level());
        task.stopIfAsked();
        if (earlier.isPresent()) {
            return serve(earlier.get());
        }
        Manifest manifest = dump(facts, tools, check, patience);
        setup.journal().verified(task.attempt(), task.id(), manifest);
        return DumpBackup.outcome(
                task.id(), task.level().toString(), manifest.size().toString(), task.location());
    }

    private CatalogFacts facts(LockPatience patience) {
        Optional<CatalogFacts> facts =
                setup.catalog().facts(task.attempt(), task.spec().tables());
        while (facts.isEmpty()) {
            patience.locked();
            facts = setup.catalog().facts(task.attempt(), task.spec().tables());
        }
        CatalogFacts found = facts.get();
        if (!found.missing().isEmpty()) {
            List<String> names = found.missing().stream().map(Object::toString).toList();
            throw new Permanent(new Explanation(
                    "tables of the backup are not there: " + String.join(", ", names),
                    "reading the catalog for the backup",
                    Explanation.NOTHING_CHANGED,
                    "correct `backup.dump.tables` in the plan"));
        }
        return found;
    }

    private BackupOutcome serve(KeptBackup earlier) {
        setup.journal().serves(task.attempt(), task.id(), earlier);
        Duration age = earlier.age();
        String more = "of run " + earlier.run() + ", " + age.toHours() + " h " + age.toMinutesPart() + " min old";
        return DumpBackup.outcome(task.id(), task.level().toString(), more, earlier.directory());
    }

    private Manifest dump(CatalogFacts facts, PostgresTools tools, ArchiveCheck check, LockPatience patience) {
        try {
            checkRoom(facts);
            Files.createDirectories(task.spec().directory());
            DumpProgram program = new DumpProgram(setup, task, facts);
            while (!program.run(tools)) {
                patience.locked();
            }
            return complete(facts, tools, check);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(e);
        } finally {
            task.directory().removePartial();
        }
    }

    private void checkRoom(CatalogFacts facts) throws IOException {
        ByteSize expected = Volume.estimate(facts.size());
        Volume volume = setup.volumes().of(task.spec().directory());
        double fullness = volume.fullness(expected);
        if (fullness > Volume.FULLEST) {
            throw new Permanent(new Explanation(
                    "too little room for the backup: about " + expected + " are expected, " + volume.free()
                            + " are free, and the volume would be " + Volume.percent(fullness) + " full, more than "
                            + Volume.percent(Volume.FULLEST),
                    "looking for room in " + task.spec().directory(),
                    Explanation.NOTHING_CHANGED,
                    "make room there, or name another backup directory, then `nightshift retry`"));
        }
    }

    private Manifest complete(CatalogFacts facts, PostgresTools tools, ArchiveCheck check) throws IOException {
        DumpDirectory directory = task.directory();
        task.say("verifying the backup: reading " + directory.written());
        Manifest manifest = new Manifest(
                task.run().id().text(),
                task.run().planHash(),
                task.plan().database().database(),
                facts.system(),
                facts.serverVersion(),
                tools.version(),
                facts.lsn(),
                facts.at(),
                facts.hash(),
                facts.tables(),
                directory.sums());
        Files.writeString(directory.partial().resolve(Manifest.NAME), manifest.text());
        List<String> problems = check.problems(directory.partial(), manifest, task.level());
        task.stopIfAsked();
        if (!problems.isEmpty()) {
            throw new Permanent(DumpFailure.notGood(problems, task.location()));
        }
        directory.complete();
        return manifest;
    }

    private Permanent unusable(Exception e) {
        return new Permanent(
                new Explanation(
                        "the backup directory cannot be used: " + e.getMessage(),
                        "dumping to " + task.location(),
                        Explanation.NOTHING_CHANGED,
                        "see that it has room and that this user may write there, then `nightshift retry`"),
                e);
    }
}
