package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL to the supervisor while somebody else takes the run's backup. */
class KilledSupervisorBackupFaultIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void a_supervisor_killed_between_start_and_poll_finds_the_backup_again_and_begins_no_second(@TempDir Path directory)
            throws IOException {
        try (Night night = SlowShop.alone(directory)) {
            Path cloud = Files.createDirectories(directory.resolve("cloud"));
            Path start = script(
                    cloud.resolve("start"),
                    "echo $NIGHTSHIFT_BACKUP >> begun; touch there;"
                            + " echo '{\"id\": \"one\", \"location\": \"cloud:one\"}'");
            Path poll = script(
                    cloud.resolve("poll"),
                    "echo polled >> polled; [ -e there ] || { echo '{\"state\": \"none\"}'; exit 0; };"
                            + " [ -e done ] || { echo '{\"state\": \"running\", \"message\": \"34 %\"}'; exit 0; };"
                            + " echo \"{\\\"state\\\": \\\"done\\\", \\\"created-at\\\": \\\"$(date -u +%FT%TZ)\\\"}\"");
            String backup = "{command: {start: [" + start + "], poll: [" + poll + "], every: 1s}}";
            String plan = SlowShop.planWith(night, backup, SlowShop.FILL);
            Nightshift first = night.nightshift("run", night.plan(plan).toString());
            Night.await("a backup that is polled", () -> lines(cloud, "polled").size() > 1 || !first.isAlive());
            assertThat(first.isAlive()).as(first.output()).isTrue();
            assertThat(first.worker()).as("a worker before the backup").isEmpty();
            first.killAlone();

            night.primary().execute("UPDATE nightshift.lease SET expires_at = '-infinity'");
            Nightshift second = night.nightshift("resume");
            int polled = lines(cloud, "polled").size();
            Night.await("another look", () -> lines(cloud, "polled").size() > polled);
            Files.createFile(cloud.resolve("done"));
            assertThat(second.awaitExit(PATIENCE)).as(second.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(lines(cloud, "begun")).as("backups begun").hasSize(1);
            assertThat(night.ask("SELECT kind || ' ' || state || ' ' || verification || ' ' || location"
                            + " FROM nightshift.backups"))
                    .isEqualTo("command verified attested cloud:one");
        }
    }

    /** It sees no directory of its own but the plan's. */
    private static Path script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\ncd '" + file.getParent() + "'\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static List<String> lines(Path cloud, String name) {
        try {
            Path file = cloud.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
