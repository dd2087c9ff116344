package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.program.Tool;
import dev.nightshift.run.Permanent;
import dev.nightshift.schema.ClaimedRun;
import dev.nightshift.worker.BackupOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dump and the room there is for it. */
@Timeout(120)
class DumpRoomIT extends DumpScene {

    DumpRoomIT(@TempDir Path folder) {
        super(folder);
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
}
