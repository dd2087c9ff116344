package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.BackupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dump beside others: who locks its tables, who looks at its processes, who stops it. */
@Timeout(120)
class DumpInTheWayIT extends DumpScene {

    DumpInTheWayIT(@TempDir Path folder) {
        super(folder);
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

    private String dumpSessions() {
        return database.text(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nightshift/7f3kmq/1/dump'");
    }
}
