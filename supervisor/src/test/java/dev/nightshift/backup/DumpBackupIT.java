package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.program.Tool;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.BackupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a dump is worth: what is in it, how that is proved, and what is refused. */
@Timeout(120)
class DumpBackupIT extends DumpScene {

    DumpBackupIT(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void a_good_dump_is_verified_and_stands_in_the_journal() throws IOException {
        BackupOutcome outcome = take(plan("tables: [public.orders, public.parted, 'public.\"Odd name\"']"));
        KeptBackup backup = journal.find(outcome.id()).orElseThrow();
        assertThat(backup.state()).isEqualTo(KeptBackup.State.VERIFIED);
        assertThat(backup.verification()).isEqualTo("readable");
        assertThat(backup.bytes()).hasValueSatisfying(size -> assertThat(size).isGreaterThan(ByteSize.ZERO));
        assertThat(outcome.id()).isEqualTo("7f3kmq-1");
        Manifest manifest = Manifest.read(backup.directory());
        assertThat(manifest.tables())
                .extracting(table -> table.name() + " " + table.rows())
                .containsExactly(
                        "public.\"Odd name\" true",
                        "public.orders true",
                        "public.parted false",
                        "public.parted_1 true");
        assertThat(Backups.verify(journal, outcome.id(), environment).problems())
                .isEmpty();
        assertThat(partials()).isEmpty();
    }

    @Test
    void a_plan_may_ask_for_sums_too() {
        BackupOutcome outcome = take(plan("tables: [public.orders]", ", verify: checksummed"));
        assertThat(outcome.summary()).startsWith("verified (checksummed)");
        assertThat(journal.find(outcome.id()).orElseThrow().verification()).isEqualTo("checksummed");
    }

    @Test
    void a_dump_of_the_whole_database_leaves_the_journal_out() throws IOException {
        KeptBackup backup = journal.find(take(plan("jobs: 1")).id()).orElseThrow();
        assertThat(Manifest.read(backup.directory()).tables())
                .extracting(table -> table.name().schema())
                .containsOnly("public");
        StringBuilder listing = new StringBuilder();
        PostgresTools tools = PostgresTools.newest(environment);
        Tool.start(
                        List.of(
                                tools.restore().toString(),
                                "--list",
                                backup.directory().toString()),
                        Map.of(),
                        listing::append)
                .await();
        assertThat(listing).contains("TABLE DATA public orders").doesNotContain("TABLE DATA nightshift");
    }

    @Test
    void a_truncated_a_missing_and_a_changed_file_are_all_found() throws IOException {
        KeptBackup backup =
                journal.find(take(plan("tables: [public.orders]")).id()).orElseThrow();
        Path data = largest(backup.directory());
        byte[] whole = Files.readAllBytes(data);

        Files.write(data, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(problems(backup)).singleElement().asString().contains("bytes instead of " + whole.length);

        byte[] changed = whole.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(data, changed);
        assertThat(problems(backup)).singleElement().asString().contains("SHA-256");

        Files.delete(data);
        assertThat(problems(backup)).singleElement().asString().contains("is missing");

        Files.write(data, whole);
        assertThat(problems(backup)).isEmpty();
    }

    @Test
    void the_archive_itself_shows_a_truncated_and_a_missing_file_where_a_listing_does_not() throws IOException {
        KeptBackup backup =
                journal.find(take(plan("tables: [public.orders]")).id()).orElseThrow();
        List<DumpedTable> tables = Manifest.read(backup.directory()).tables();
        ArchiveCheck check = new ArchiveCheck(PostgresTools.newest(environment), tool -> {});
        Path data = largest(backup.directory());
        byte[] whole = Files.readAllBytes(data);
        assertThat(check.contentProblems(backup.directory(), tables)).isEmpty();

        Files.write(data, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(check.contentProblems(backup.directory(), tables))
                .singleElement()
                .asString()
                .contains("cannot be read");
        Files.delete(data);
        assertThat(check.contentProblems(backup.directory(), tables))
                .singleElement()
                .asString()
                .contains("cannot be read");
        Files.write(data, whole);
        DumpedTable other = new DumpedTable(tables.get(0).name(), 1, true, ByteSize.ZERO, "");
        assertThat(check.contentProblems(backup.directory(), List.of(other)))
                .containsExactly("the rows of public.orders are not in the archive");
    }

    @Test
    void an_archive_that_pg_dump_leaves_broken_stops_the_run() {
        Path bin = FakeTools.of(
                folder.resolve("bin"),
                real("pg_dump") + " && [ \"$1\" = --version ] || for f in " + folder
                        + "/*.partial/*.dat.gz; do truncate -s 100 \"$f\"; done",
                real("pg_restore"));
        environment.put(PostgresTools.DIRECTORY_VARIABLE, bin.toString());
        assertThatThrownBy(() -> take(plan("tables: [public.orders]")))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().what())
                                .contains("the backup is not good", "cannot be read to its end"));
        assertThat(failure()).contains("the backup is not good");
        assertThat(directories()).isEmpty();
    }

    @Test
    void an_old_pg_dump_is_refused_and_the_journal_says_so() {
        Path bin = FakeTools.ofVersion(folder.resolve("bin"), "13.9");
        environment.put(PostgresTools.DIRECTORY_VARIABLE, bin.toString());
        assertThatThrownBy(() -> take(plan("jobs: 1")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("13.9");
        assertThat(failure()).contains("no pg_dump of version");
    }

    @Test
    void a_superseded_worker_takes_no_backup() {
        run.supersede();
        assertThatThrownBy(() -> take(plan("tables: [public.orders]")))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("took over");
        assertThat(directories()).isEmpty();
    }

    @Test
    void a_missing_table_is_named() {
        assertThatThrownBy(() -> take(plan("tables: [public.orders, public.gone]")))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("public.gone");
    }

    private List<Path> partials() {
        return directories().stream()
                .filter(path -> path.toString().endsWith(".partial"))
                .toList();
    }

    private List<String> problems(KeptBackup backup) {
        return Backups.verify(backup.directory(), environment).problems();
    }
}
