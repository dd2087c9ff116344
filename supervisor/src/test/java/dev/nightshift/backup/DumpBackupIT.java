package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.TableName;
import dev.nightshift.postgres.PgBackupJournal;
import dev.nightshift.postgres.PgCatalog;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.schema.ClaimedRun;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.time.Backoff;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.BackupOutcome;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DumpBackupIT {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String STEPS = "steps:\n  - verify: {name: ok, sql: \"SELECT true\"}\n";

    private final Path folder;
    private final FreshDatabase database = new FreshDatabase();
    private final ClaimedRun run = ClaimedRun.start(database, "7f3kmq");
    private final PgSessions sessions = new PgSessions(
            VERTX, database.url(), Optional.of(database.migrator().password()));
    private Catalog catalog = new PgCatalog(sessions);
    private final BackupJournal journal = new PgBackupJournal(sessions);
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    DumpBackupIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void fill() {
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, note text, at timestamptz DEFAULT now())",
                "INSERT INTO orders SELECT i, md5(i::text) FROM generate_series(1, 20000) i",
                "CREATE TABLE \"Odd name\" (id int)",
                "CREATE TABLE parted (id int, part int) PARTITION BY LIST (part)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1)",
                "INSERT INTO parted SELECT i, 1 FROM generate_series(1, 100) i");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_good_dump_is_verified_and_stands_in_the_journal() throws IOException {
        BackupOutcome outcome = take(plan("tables: [public.orders, public.parted, 'public.\"Odd name\"']"));
        KeptBackup backup = journal.find(outcome.id()).orElseThrow();
        assertThat(backup.state()).isEqualTo(KeptBackup.State.VERIFIED);
        assertThat(backup.verification()).isEqualTo("readable");
        assertThat(backup.bytes()).hasValueSatisfying(size -> assertThat(size).isGreaterThan(ByteSize.ZERO));
        assertThat(outcome.id()).isEqualTo("7f3kmq-1");
        Manifest manifest = Manifest.read(backup.location());
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
        assertThat(Manifest.read(backup.location()).tables())
                .extracting(table -> table.name().schema())
                .containsOnly("public");
        StringBuilder listing = new StringBuilder();
        PostgresTools tools = PostgresTools.newest(environment);
        Tool.start(
                        List.of(
                                tools.restore().toString(),
                                "--list",
                                backup.location().toString()),
                        Map.of(),
                        listing::append)
                .await();
        assertThat(listing).contains("TABLE DATA public orders").doesNotContain("TABLE DATA nightshift");
    }

    @Test
    void a_truncated_a_missing_and_a_changed_file_are_all_found() throws IOException {
        KeptBackup backup =
                journal.find(take(plan("tables: [public.orders]")).id()).orElseThrow();
        Path data = largest(backup.location());
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
        List<DumpedTable> tables = Manifest.read(backup.location()).tables();
        ArchiveCheck check = new ArchiveCheck(PostgresTools.newest(environment), tool -> {});
        Path data = largest(backup.location());
        byte[] whole = Files.readAllBytes(data);
        assertThat(check.contentProblems(backup.location(), tables)).isEmpty();

        Files.write(data, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(check.contentProblems(backup.location(), tables))
                .singleElement()
                .asString()
                .contains("cannot be read");
        Files.delete(data);
        assertThat(check.contentProblems(backup.location(), tables))
                .singleElement()
                .asString()
                .contains("cannot be read");
        Files.write(data, whole);
        DumpedTable other = new DumpedTable(tables.get(0).name(), 1, true, ByteSize.ZERO, "");
        assertThat(check.contentProblems(backup.location(), List.of(other)))
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
    void a_full_disk_is_said_and_nothing_is_left() {
        Path bin = FakeTools.of(
                folder.resolve("bin"),
                "[ \"$1\" = --version ] || { trap '' XFSZ; ulimit -f 8; }\n" + real("pg_dump"),
                real("pg_restore"));
        environment.put(PostgresTools.DIRECTORY_VARIABLE, bin.toString());
        assertThatThrownBy(() -> take(plan("tables: [public.orders]")))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().lines())
                                .hasSize(4)
                                .first()
                                .asString()
                                .contains("the backup's volume is full"));
        assertThat(failure()).contains("volume is full");
        assertThat(directories()).isEmpty();
    }

    @Test
    void a_dump_that_would_not_fit_is_not_begun() {
        DumpBackup.Volumes small = path -> new Volume(ByteSize.ofMebibytes(8), ByteSize.ofMebibytes(2));
        assertThatThrownBy(() -> take(plan("tables: [public.orders]"), small))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().what())
                                .contains("too little room", "2 MiB are free", "more than 85 %"));
        assertThat(directories()).isEmpty();
    }

    @Test
    void a_volume_that_fills_up_meanwhile_stops_the_dump() throws SQLException {
        AtomicInteger looks = new AtomicInteger();
        DumpBackup.Volumes filling = path -> looks.getAndIncrement() == 0
                ? new Volume(ByteSize.ZERO, ByteSize.ofMebibytes(1000))
                : new Volume(ByteSize.ofMebibytes(960), ByteSize.ofMebibytes(40));
        try (Connection other = database.connect("lock")) {
            CompletableFuture<BackupOutcome> dump = dumpThatWaitsFor(other, filling);
            assertThatThrownBy(dump::join)
                    .hasCauseInstanceOf(Permanent.class)
                    .hasMessageContaining("stopped at 95 % (40 MiB free)");
        }
        assertThat(directories()).isEmpty();
    }

    @Test
    void a_small_file_system_that_is_full_is_said() throws IOException {
        Path small = Files.createDirectories(folder.resolve("small"));
        int mounted = Tool.start(
                        List.of("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()),
                        Map.of(),
                        line -> {})
                .await();
        if (mounted != 0) {
            System.err.println("skipped: a small file system can be mounted by root only");
            return;
        }
        try {
            String backup = "backup: {dump: {directory: " + small + ", tables: [public.orders]}}\n";
            DumpBackup.Volumes unknowing = path -> new Volume(ByteSize.ZERO, ByteSize.ofMebibytes(1000));
            assertThatThrownBy(() -> take(ClaimedRun.plan(database, folder, backup + STEPS), unknowing))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("volume is full")
                    .hasMessageContaining("No space left on device");
            try (Stream<Path> left = Files.list(small)) {
                assertThat(left).isEmpty();
            }
        } finally {
            Tool.start(List.of("umount", small.toString()), Map.of(), line -> {})
                    .await();
        }
    }

    @Test
    void a_lock_that_is_not_granted_names_its_holder() throws SQLException {
        try (Connection other = database.connect("psql-of-somebody");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(() -> take(plan("tables: [public.orders]")))
                    .isInstanceOfSatisfying(
                            Permanent.class,
                            failed -> assertThat(failed.explanation().what())
                                    .contains("could not be locked", "psql-of-somebody, migrator", "public.orders"));
        }
        assertThat(run.said()).anyMatch(said -> said.contains("waits for a lock: pid "));
        assertThat(directories()).isEmpty();
    }

    @Test
    void a_lock_that_is_given_back_only_delays_the_dump() throws SQLException {
        Connection other = database.connect("short-ddl");
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
        }
        CompletableFuture<BackupOutcome> dump =
                CompletableFuture.supplyAsync(() -> take(plan("tables: [public.orders]")));
        while (run.said().stream().noneMatch(said -> said.contains("waits for a lock")) && !dump.isDone()) {
            Thread.onSpinWait();
        }
        other.close();
        assertThat(dump.join().summary()).contains("verified (readable)");
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
    void no_argument_of_any_process_holds_the_password_and_the_session_has_its_name() throws SQLException {
        String password = database.migrator().password();
        try (Connection other = database.connect("lock")) {
            CompletableFuture<BackupOutcome> dump = dumpThatWaitsFor(other);
            assertThat(arguments())
                    .anyMatch(line -> line.contains("pg_dump") && line.contains(folder.toString()))
                    .noneMatch(line -> line.contains(password));
            other.rollback();
            assertThat(dump.join().summary()).contains("verified");
        }
    }

    @Test
    void a_stopped_dump_leaves_neither_process_nor_session_nor_files() throws SQLException {
        try (Connection other = database.connect("lock")) {
            CompletableFuture<BackupOutcome> dump = dumpThatWaitsFor(other);
            run.stop();
            assertThatThrownBy(dump::join).hasCauseInstanceOf(Transient.class);
            while (!dumpSessions().equals("0")) {
                Thread.onSpinWait();
            }
        }
        assertThat(arguments()).noneMatch(line -> line.contains(folder.toString()));
        assertThat(directories()).isEmpty();
        assertThat(failure()).contains("the dump was stopped");
    }

    /** Returns when {@code pg_dump} waits for the lock that the other session took behind the look at the catalog. */
    private CompletableFuture<BackupOutcome> dumpThatWaitsFor(Connection other) {
        return dumpThatWaitsFor(other, Volume::of);
    }

    private CompletableFuture<BackupOutcome> dumpThatWaitsFor(Connection other, DumpBackup.Volumes volumes) {
        catalog = new CatalogThen(catalog, () -> {
            try (Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        CompletableFuture<BackupOutcome> dump =
                CompletableFuture.supplyAsync(() -> take(plan("tables: [public.orders]"), volumes));
        while (database.texts("SELECT pid FROM pg_stat_activity WHERE application_name = 'nightshift/7f3kmq/1/dump'"
                                + " AND query LIKE 'LOCK TABLE%' AND wait_event_type = 'Lock'")
                        .isEmpty()
                && !dump.isDone()) {
            Thread.onSpinWait();
        }
        return dump;
    }

    @Test
    void a_second_attempt_finds_the_backup_of_the_first_and_a_broken_one_is_taken_anew() throws IOException {
        Plan plan = plan("tables: [public.orders]");
        BackupOutcome first = take(plan);
        assertThat(take(plan).id()).isEqualTo(first.id());
        Files.delete(largest(journal.find(first.id()).orElseThrow().location()));
        assertThat(take(plan).id()).isEqualTo("7f3kmq-2");
        assertThat(journal.find(first.id()).orElseThrow().state()).isEqualTo(KeptBackup.State.FAILED);
    }

    @Test
    void a_lost_backup_of_a_run_that_has_written_cannot_be_taken_anew() throws IOException {
        Plan plan = plan("tables: [public.orders]");
        BackupOutcome first = take(plan);
        step("7f3kmq", 0);
        assertThat(take(plan).id()).isEqualTo(first.id());
        Files.delete(largest(journal.find(first.id()).orElseThrow().location()));
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

        Files.delete(largest(journal.all().get(0).location()));
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

    /** Something happens between the look at the catalog and the dump. */
    private record CatalogThen(Catalog catalog, Runnable then) implements Catalog {
        @Override
        public Optional<CatalogFacts> facts(Attempt attempt, List<TableName> tables) {
            Optional<CatalogFacts> facts = catalog.facts(attempt, tables);
            then.run();
            return facts;
        }

        @Override
        public List<String> lockHolders(Attempt attempt, List<TableName> tables) {
            return catalog.lockHolders(attempt, tables);
        }
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

    private Plan plan(String dump) {
        return plan(dump, "");
    }

    private Plan plan(String dump, String backup) {
        String more = "backup: {dump: {directory: " + folder + ", " + dump + "}" + backup + "}\n" + STEPS;
        return ClaimedRun.plan(database, folder, more);
    }

    private BackupOutcome take(Plan plan) {
        return take(plan, run, Volume::of);
    }

    private BackupOutcome take(Plan plan, ClaimedRun of) {
        return take(plan, of, Volume::of);
    }

    private BackupOutcome take(Plan plan, DumpBackup.Volumes volumes) {
        return take(plan, run, volumes);
    }

    private BackupOutcome take(Plan plan, ClaimedRun of, DumpBackup.Volumes volumes) {
        DumpBackup.Setup setup = new DumpBackup.Setup(
                catalog,
                journal,
                Optional.of(database.migrator().password()),
                environment,
                Instant::now,
                volumes,
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(100)));
        return new DumpBackup(setup).takeAndVerify(of.record(), plan, of.attempt());
    }

    private List<String> problems(KeptBackup backup) {
        return Backups.verify(backup.location(), environment).problems();
    }

    /** The real program, for scripts that do something before or after it. */
    private static String real(String program) {
        PostgresTools tools = PostgresTools.newest(System.getenv());
        return (program.equals("pg_dump") ? tools.dump() : tools.restore()) + " \"$@\"";
    }

    private String failure() {
        return database.text("SELECT detail -> 'failure' ->> 'what' FROM nightshift.backups WHERE state = 'failed'");
    }

    private String dumpSessions() {
        return database.text(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nightshift/7f3kmq/1/dump'");
    }

    private List<Path> partials() {
        return directories().stream()
                .filter(path -> path.toString().endsWith(".partial"))
                .toList();
    }

    private List<Path> directories() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !path.endsWith("bin")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path largest(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".dat.gz"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    /** Of every process of this machine that this user may look at. */
    private static List<String> arguments() {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .map(file -> {
                    try {
                        return Files.readString(file).replace('\0', ' ');
                    } catch (IOException gone) {
                        return "";
                    }
                })
                .toList();
    }
}
