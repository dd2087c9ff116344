package dev.nightshift.backup;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.TableName;
import dev.nightshift.postgres.PgBackupJournal;
import dev.nightshift.postgres.PgCatalog;
import dev.nightshift.postgres.PgSessions;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of a few tables, a run on it, and everything that a dump of it needs. */
abstract class DumpScene {

    static final String STEPS = "steps:\n  - verify: {name: ok, sql: \"SELECT true\"}\n";

    final Path folder;
    private final Vertx vertx = Vertx.vertx();
    final FreshDatabase database = new FreshDatabase();
    final ClaimedRun run = ClaimedRun.start(database, "7f3kmq");
    final PgSessions sessions = new PgSessions(
            vertx, database.url(), Optional.of(database.migrator().password()));
    Catalog catalog = new PgCatalog(sessions);
    final BackupJournal journal = new PgBackupJournal(sessions);
    final Map<String, String> environment = new HashMap<>(System.getenv());

    DumpScene(Path folder) {
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Returns when {@code pg_dump} waits for the lock that the other session took behind the look at the catalog. */
    CompletableFuture<BackupOutcome> dumpThatWaitsFor(Connection other) {
        return dumpThatWaitsFor(other, Volume::of);
    }

    CompletableFuture<BackupOutcome> dumpThatWaitsFor(Connection other, DumpBackup.Volumes volumes) {
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

    /** Something happens between the look at the catalog and the dump. */
    record CatalogThen(Catalog catalog, Runnable then) implements Catalog {
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

        @Override
        public Optional<Lsn> flushed(Attempt attempt, String standby) {
            return catalog.flushed(attempt, standby);
        }
    }

    Plan plan(String dump) {
        return plan(dump, "");
    }

    Plan plan(String dump, String backup) {
        String more = "backup: {dump: {directory: " + folder + ", " + dump + "}" + backup + "}\n" + STEPS;
        return ClaimedRun.plan(database, folder, more);
    }

    BackupOutcome take(Plan plan) {
        return take(plan, run, Volume::of);
    }

    BackupOutcome take(Plan plan, ClaimedRun of) {
        return take(plan, of, Volume::of);
    }

    BackupOutcome take(Plan plan, DumpBackup.Volumes volumes) {
        return take(plan, run, volumes);
    }

    BackupOutcome take(Plan plan, ClaimedRun of, DumpBackup.Volumes volumes) {
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

    /** The real program, for scripts that do something before or after it. */
    static String real(String program) {
        PostgresTools tools = PostgresTools.newest(System.getenv());
        return (program.equals("pg_dump") ? tools.dump() : tools.restore()) + " \"$@\"";
    }

    String failure() {
        return database.text("SELECT detail -> 'failure' ->> 'what' FROM nightshift.backups WHERE state = 'failed'");
    }

    List<Path> directories() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !path.endsWith("bin")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Path largest(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".dat.gz"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }
}
