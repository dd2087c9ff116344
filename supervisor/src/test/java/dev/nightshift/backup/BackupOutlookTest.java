package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.PlannedBackup;
import dev.nightshift.guards.preflight.PlannedBackup.Another;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.TableName;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a dump will take, told by the last one and the size of its tables then and now. */
class BackupOutlookTest {

    private static final Instant BEGUN = Instant.parse("2026-11-22T02:00:00Z");
    private static final Duration REST = Duration.ofHours(1);
    private static final Duration NEXT = Duration.ofHours(4);
    private static final BackupSpec.Dump SPEC = new BackupSpec.Dump(
            Path.of("/backups"),
            2,
            List.of(new TableName("public", "orders")),
            BackupSpec.Verification.READABLE,
            Duration.ZERO);

    private final Path directory;

    BackupOutlookTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void tables_that_have_doubled_take_twice_as_long() throws IOException {
        write(ByteSize.ofMebibytes(100));

        assertThat(planned(List.of(backup(Duration.ofMinutes(20))), ByteSize.ofMebibytes(200))
                        .another())
                .contains(new Another("backup 7f3kmq-1", Duration.ofMinutes(40), REST, NEXT));
    }

    @Test
    void where_nothing_is_known_nothing_is_guessed() throws IOException {
        assertThat(planned(List.of(), ByteSize.ofMebibytes(200)).another()).isEmpty();
        assertThat(planned(List.of(backup(Duration.ofMinutes(20))), ByteSize.ofMebibytes(200))
                        .another())
                .as("its manifest is gone")
                .isEmpty();
        write(ByteSize.ZERO);
        assertThat(planned(List.of(backup(Duration.ofMinutes(20))), ByteSize.ofMebibytes(200))
                        .another())
                .as("its tables were empty")
                .isEmpty();
    }

    private PlannedBackup planned(List<KeptBackup> known, ByteSize today) {
        CatalogFacts facts = new CatalogFacts(
                "73/5", 15, "15.18", Lsn.parse("16/B374D848"), BEGUN, List.of(table(today)), List.of());
        return new BackupOutlook(new Known(known), SPEC)
                .of(Optional.empty(), facts, Duration.ZERO, Optional.of(new BackupOutlook.Room(REST, NEXT)));
    }

    private void write(ByteSize tables) throws IOException {
        Files.writeString(
                directory.resolve(Manifest.NAME),
                ManifestTest.manifest(List.of(table(tables)), List.of()).text());
    }

    private static DumpedTable table(ByteSize size) {
        return new DumpedTable(new TableName("public", "orders"), 16_400, true, size, "ff");
    }

    private KeptBackup backup(Duration took) {
        return new KeptBackup(
                "7f3kmq-1",
                new RunId("7f3kmq"),
                KeptBackup.Kind.DUMP,
                KeptBackup.State.VERIFIED,
                directory.toString(),
                "readable",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BEGUN,
                Duration.ofDays(1),
                Optional.of(BEGUN.plus(took)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Backups that are known, and nothing else. */
    private record Known(List<KeptBackup> all) implements BackupJournal {

        @Override
        public String started(
                Attempt attempt, KeptBackup.Kind kind, String location, String verification, Duration maxAge) {
            throw new AssertionError("an outlook takes no backup");
        }

        @Override
        public void before(Attempt attempt, String id, Lsn position) {
            throw new AssertionError("an outlook takes no backup");
        }

        @Override
        public void called(Attempt attempt, String id, Provider.Begun begun) {
            throw new AssertionError("an outlook takes no backup");
        }

        @Override
        public void attested(Attempt attempt, String id, Attested attested) {
            throw new AssertionError("an outlook takes no backup");
        }

        @Override
        public void verified(Attempt attempt, String id, Manifest manifest) {
            throw new AssertionError("an outlook takes no backup");
        }

        @Override
        public void serves(Attempt attempt, String id, KeptBackup earlier) {
            throw new AssertionError("an outlook takes no backup");
        }

        @Override
        public void failed(Attempt attempt, String id, Explanation why) {
            throw new AssertionError("an outlook takes no backup");
        }

        @Override
        public boolean prune(KeptBackup backup) {
            throw new AssertionError("an outlook deletes no backup");
        }

        @Override
        public List<KeptBackup> of(RunId run) {
            return List.of();
        }

        @Override
        public List<KeptBackup> candidates(RunId run, KeptBackup.Kind kind, Duration maxAge) {
            return List.of();
        }

        @Override
        public Optional<Instant> lastWrite() {
            return Optional.empty();
        }

        @Override
        public boolean hasWritten(RunId run) {
            return false;
        }

        @Override
        public Optional<KeptBackup> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<Pruning.OfRun> withRuns() {
            return List.of();
        }
    }
}
