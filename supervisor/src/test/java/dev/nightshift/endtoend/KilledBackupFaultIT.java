package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a worker that is killed in the middle of its dump leaves anything but a run that goes on. */
@Tag("faults")
class KilledBackupFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What cannot be compressed takes a while. */
    private static final String BALLAST = "CREATE TABLE public.ballast AS SELECT n, md5(n::text) || md5((-n)::text)"
            + " || md5((n / 3.0)::text) || md5((n / 7.0)::text) AS text FROM generate_series(1, 300000) AS n";

    private static final String DUMPING = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE application_name LIKE 'nightshift/%/dump' AND query LIKE 'COPY public.ballast%'";

    @Test
    void a_worker_killed_while_it_dumps_leaves_no_piece_and_the_next_takes_the_backup(@TempDir Path directory)
            throws IOException {
        try (Night night = SlowShop.alone(directory)) {
            night.primary().execute(BALLAST);
            String plan = SlowShop.planWithDump(night, "public.orders, public.ballast", SlowShop.FILL);
            Nightshift run = night.nightshift("run", night.plan(plan).toString());
            Night.await("a dump under way", () -> night.count(DUMPING) > 0);
            ProcessHandle worker = run.awaitWorker();
            List<ProcessHandle> programs = worker.descendants().toList();
            assertThat(programs).as("pg_dump and what it started").isNotEmpty();
            Processes.kill(worker.pid());

            Night.await(
                    "pg_dump ends with its worker's sessions",
                    () -> programs.stream().allMatch(SlowShop::hasEnded));
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.ask("SELECT string_agg(state, ' ' ORDER BY started_at) FROM nightshift.backups"))
                    .isEqualTo("failed verified");
            assertOneBackup(directory.resolve("backups"));
            assertThat(passwordFiles(night)).isEmpty();
        }
    }

    private static void assertOneBackup(Path backups) throws IOException {
        try (Stream<Path> files = Files.list(backups)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(dump -> assertThat(dump.getFileName().toString()).doesNotEndWith(".partial"));
        }
    }

    private static List<Path> passwordFiles(Night night) throws IOException {
        String run = night.ask("SELECT id FROM nightshift.runs");
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("nightshift-" + run + "-.*\\.pgpass"))
                    .toList();
        }
    }
}
