package dev.nightshift.backup;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Machine.DumpRoom;
import dev.nightshift.guards.preflight.PlannedBackup;
import dev.nightshift.guards.preflight.PlannedBackup.Another;
import dev.nightshift.guards.preflight.PlannedBackup.Earlier;
import dev.nightshift.guards.preflight.PlannedBackup.Own;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a run's backup will come to, before anything is dumped: sizes of files are looked at, archives are not read. */
public final class BackupOutlook {

    private static final int MOST_TOLD = 3;

    /** Names no run: every run's backups count. */
    private static final RunId NONE = new RunId("000000");

    private final BackupJournal journal;
    private final BackupSpec.Dump spec;

    /** How long the window is open from the run's beginning on, and the next time. */
    public record Room(Duration rest, Duration next) {}

    /** @param journal of a database that has one */
    public BackupOutlook(BackupJournal journal, BackupSpec.Dump spec) {
        this.journal = journal;
        this.spec = spec;
    }

    /** Where there is no journal yet, there is no earlier backup. */
    public static PlannedBackup first(BackupSpec.Dump spec) {
        return new PlannedBackup(
                true, spec.maxAge(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What will serve.
     *
     * @param active the run that is to go on
     * @param today the tables of the backup as they are now
     * @param untilWrite how long it will be until the first write
     * @param room in the window then; empty when it does not close
     */
    public PlannedBackup of(Optional<RunId> active, CatalogFacts today, Duration untilWrite, Optional<Room> room) {
        return new PlannedBackup(
                true,
                spec.maxAge(),
                spec.maxAge().isZero() ? Optional.empty() : latest(today, untilWrite),
                active.filter(journal::hasWritten).map(this::own),
                room.flatMap(left -> lastTaken().flatMap(backup -> another(backup, today, left))),
                Optional.empty());
    }

    private Optional<KeptBackup> lastTaken() {
        return journal.all().stream()
                .filter(backup -> backup.kind() == KeptBackup.Kind.DUMP
                        && backup.state() == KeptBackup.State.VERIFIED
                        && backup.servesFrom().isEmpty())
                .findFirst();
    }

    /** Nothing is said by a backup whose files are gone: nobody knows how large its tables were. */
    private static Optional<Another> another(KeptBackup backup, CatalogFacts today, Room room) {
        try {
            double bytes = Manifest.read(backup.directory()).tables().stream()
                    .mapToDouble(table -> table.size().bytes())
                    .sum();
            return backup.verifiedAt().filter(at -> bytes > 0).map(at -> {
                double took = Duration.between(backup.startedAt(), at).toMillis();
                long takes = Math.round(took * today.size().bytes() / bytes);
                return new Another("backup " + backup.id(), Duration.ofMillis(takes), room.rest(), room.next());
            });
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Own own(RunId run) {
        Optional<KeptBackup> verified = journal.of(run).stream()
                .filter(backup -> backup.state() == KeptBackup.State.VERIFIED)
                .findFirst();
        if (verified.isEmpty()) {
            return new Own(List.of("it has no verified backup"));
        }
        Path location = verified.get().directory();
        List<String> damage = damage(location, Optional.empty());
        return new Own(
                damage.isEmpty()
                        ? damage
                        : List.of(
                                "its backup in " + location + " is not there any more: " + String.join(", ", damage)));
    }

    private Optional<Earlier> latest(CatalogFacts today, Duration untilWrite) {
        List<KeptBackup> young = journal.candidates(NONE, KeptBackup.Kind.DUMP, spec.maxAge());
        return lastTaken()
                .map(backup -> new Earlier(
                        backup.id() + " in " + backup.location(),
                        backup.age().plus(untilWrite),
                        damage(backup.directory(), Optional.of(today)),
                        backup.age().compareTo(spec.maxAge()) < 0
                                && young.stream().noneMatch(one -> one.id().equals(backup.id()))));
    }

    private static List<String> damage(Path location, Optional<CatalogFacts> today) {
        try {
            Manifest manifest = Manifest.read(location);
            List<String> found = new ArrayList<>(ArchiveCheck.fileProblems(location, manifest, Level.READABLE));
            today.ifPresent(facts -> {
                if (!manifest.system().equals(facts.system())) {
                    found.add("it is of another server or database");
                } else {
                    differences(manifest.tables(), facts.tables(), found);
                }
            });
            return found.size() <= MOST_TOLD ? found : found.subList(0, MOST_TOLD);
        } catch (IOException | IllegalArgumentException e) {
            return List.of("there is no readable manifest in " + location);
        }
    }

    private static void differences(List<DumpedTable> dumped, List<DumpedTable> wanted, List<String> found) {
        Map<Long, DumpedTable> byOid = dumped.stream().collect(Collectors.toMap(DumpedTable::oid, Function.identity()));
        for (DumpedTable table : wanted) {
            DumpedTable then = byOid.get(table.oid());
            if (then == null) {
                found.add(table.name() + " is not in it");
            } else if (!then.name().equals(table.name()) || !then.hash().equals(table.hash())) {
                found.add(table.name() + " was redefined since");
            }
        }
    }

    /** Room for a dump of tables of that size. */
    public static Fact<DumpRoom> room(Path directory, ByteSize tables) {
        try {
            Volume volume = Volume.of(directory);
            ByteSize expected = Volume.estimate(tables);
            return Fact.of(new DumpRoom(
                    directory.toString(),
                    Files.isWritable(existing(directory)),
                    expected,
                    volume.free(),
                    volume.fullness(expected),
                    Volume.FULLEST));
        } catch (IOException e) {
            return Fact.unknown(
                    "the volume of " + directory + " cannot be looked at: " + e.getMessage(),
                    "see that this user may use it");
        }
    }

    private static Path existing(Path directory) {
        Path found = directory.toAbsolutePath();
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
