package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a run that waited long before its first write goes back to its old backup. */
class OldBackupIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String HOLD = "  - hold: {name: before-the-first-write, until: approved}\n";
    private static final String BACKUP =
            "{dump: {directory: %DIR%/backups, jobs: 1, tables: [public.orders]}, verify: readable, maxAge: 1h}";

    @Test
    void a_run_that_comes_back_after_the_age_of_its_backup_takes_another_one_before_it_writes(@TempDir Path directory)
            throws IOException {
        try (Night night = SlowShop.alone(directory)) {
            Path plan = night.plan(SlowShop.planWith(night, BACKUP, HOLD + SlowShop.FILL));
            Nightshift run = night.nightshift("run", plan.toString());
            night.awaitState("holding");
            command(night, "freeze", "--reason", "somebody is asked");
            night.awaitState("parked");
            SlowShop.awaitNoSession(night);
            assertThat(states(night)).isEqualTo("verified");
            night.primary()
                    .execute("UPDATE nightshift.backups SET started_at = started_at - interval '2 hours',"
                            + " verified_at = verified_at - interval '2 hours'");
            command(night, "thaw", "--reason", "it may go on");
            command(night, "approve", "--reason", "go");

            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(states(night)).isEqualTo("outdated verified");
            assertThat(night.ask("SELECT max(b.verified_at) < min(s.started_at) FROM nightshift.backups b,"
                            + " nightshift.steps s WHERE s.kind = 'backfill'"))
                    .isEqualTo("t");
            try (Stream<Path> dumps = Files.list(directory.resolve("backups"))) {
                assertThat(dumps).as("the old one is kept for pruning").hasSize(2);
            }
        }
    }

    private static void command(Night night, String... arguments) {
        Nightshift command = night.nightshift(arguments);
        assertThat(command.awaitExit(PATIENCE)).as(command.output()).isZero();
    }

    private static String states(Night night) {
        return night.ask("SELECT string_agg(state, ' ' ORDER BY started_at) FROM nightshift.backups");
    }
}
