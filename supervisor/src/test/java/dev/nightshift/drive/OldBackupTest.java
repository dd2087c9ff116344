package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A run that comes back, before its first write, to a backup of its own that has grown too old. */
class OldBackupTest {

    private static final int MOST_SECONDS = 400;

    private static final String DUMP = TestRuns.PLAN;
    private static final String COMMAND = DUMP.replace(
            "{dump: {directory: /tmp/backups, jobs: 1}}", "{command: {start: [rds-start], poll: [rds-poll]}}");

    @Test
    void another_dump_is_taken_before_the_first_write() {
        FakeWorld world = world(DUMP);
        RunDriver driver = driverOf(world, DUMP);
        assertThat(endOf(world, driver)).isEqualTo(new Succeeded());
        assertThat(world.backup.orElseThrow().startedAt()).isAfter(old().startedAt());
        assertThat(world.starts).as("one worker takes it and does the steps").isEqualTo(1);
    }

    @Test
    void another_one_is_asked_for_where_somebody_else_takes_it() {
        FakeWorld world = world(COMMAND);
        RunDriver driver = driverOf(world, COMMAND);
        for (int i = 0; i < MOST_SECONDS && world.backups.waiting == null; i++) {
            second(world, driver);
        }
        assertThat(world.starts).isZero();
        world.backups.done();
        assertThat(endOf(world, driver)).isEqualTo(new Succeeded());
        assertThat(world.backups.begun).isEqualTo(1);
    }

    @Test
    void one_that_still_counts_is_kept() {
        FakeWorld world = world(COMMAND);
        world.backupGrewOld = false;
        assertThat(endOf(world, driverOf(world, COMMAND))).isEqualTo(new Succeeded());
        assertThat(world.backups.begun).isZero();
    }

    @Test
    void the_supervisor_may_crash_after_any_change_and_nothing_is_written_on_the_old_one() {
        int k = 0;
        for (boolean crashed = true; crashed; k++) {
            FakeWorld world = world(DUMP);
            RunDriver first = driverOf(world, DUMP);
            world.faults.crashAfter(k);
            for (int i = 0; i < MOST_SECONDS && world.faults.changes() <= k && !first.isOver(); i++) {
                second(world, first);
            }
            crashed = !first.isOver();
            world.supervisorGone();
            assertThat(endOf(world, driverOf(world, DUMP)))
                    .as("crash after change " + k)
                    .isEqualTo(new Succeeded());
        }
        assertThat(k).as("changes of a run").isGreaterThan(10);
    }

    private static FakeWorld world(String plan) {
        FakeWorld world = TestRuns.world(TestRuns.plan(plan));
        world.backup = Optional.of(old());
        world.backupGrewOld = true;
        return world;
    }

    private static BackupRecord old() {
        FakeWorld clock = TestRuns.world(TestRuns.plan(DUMP));
        return new BackupRecord(
                "b0",
                "dump",
                BackupRecord.State.VERIFIED,
                "/b0",
                "readable",
                OptionalLong.of(1),
                OptionalLong.empty(),
                clock.now.minus(Duration.ofDays(3)),
                Optional.of(clock.now.minus(Duration.ofDays(3))),
                Optional.empty());
    }

    private static RunDriver driverOf(FakeWorld world, String text) {
        Plan plan = TestRuns.plan(text);
        world.leaseMine = true;
        RunDriver driver = new RunDriver(world.stored, plan, world.ports(), world.times());
        driver.takeOver(Optional.empty());
        return driver;
    }

    private static RunState endOf(FakeWorld world, RunDriver driver) {
        for (int i = 0; i < MOST_SECONDS && !driver.isOver(); i++) {
            second(world, driver);
        }
        return world.stored.state();
    }

    private static void second(FakeWorld world, RunDriver driver) {
        world.second();
        driver.tick();
        boolean writes =
                world.stored.state() instanceof Working || world.steps.stream().anyMatch(step -> step.batches() > 0);
        assertThat(writes && world.backupGrewOld)
                .as("writes, with the old backup")
                .isFalse();
    }
}
