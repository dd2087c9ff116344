package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Backup;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Transient;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run whose backup the supervisor takes itself. */
class BackupWatchTest {

    private static final Explanation WHY =
            new Explanation("the cloud says no", "asking", Explanation.NOTHING_CHANGED, "ask again");

    private final Plan plan = TestRuns.plan(TestRuns.PLAN.replace(
            "{dump: {directory: /tmp/backups, jobs: 1}}", "{command: {start: [rds-start], poll: [rds-poll]}}"));
    private final FakeWorld world = TestRuns.world(plan);
    private RunDriver driver = takeOver();

    @BeforeEach
    void reach_the_backup() {
        until(state -> world.backups.waiting != null);
        assertThat(driver.run().state()).isInstanceOf(Backup.class);
    }

    @Test
    void no_worker_begins_before_the_backup_is_there_however_long_it_takes() {
        seconds(300);
        assertThat(world.starts).isZero();
        assertThat(world.backups.begun).isEqualTo(1);
        world.backups.done();
        until(RunState::isEnd);
        assertThat(driver.run().state()).isEqualTo(new Succeeded());
        assertThat(world.starts).isEqualTo(1);
    }

    @Test
    void a_backup_that_cannot_be_had_fails_the_run_before_anything_is_written() {
        world.backups.fails(new Permanent(WHY));
        until(RunState::isEnd);
        assertThat(driver.run().state())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(new Failure(Failure.Kind.BACKUP, WHY)));
        assertThat(world.starts).isZero();
    }

    @Test
    void a_failure_that_may_pass_is_tried_again_after_a_pause() {
        for (int tries = 1; tries <= 3; tries++) {
            assertThat(world.backups.begun).isEqualTo(tries);
            world.backups.fails(new Transient(WHY));
            until(state -> world.backups.waiting != null);
        }
        world.backups.done();
        until(RunState::isEnd);
        assertThat(driver.run().state()).isEqualTo(new Succeeded());
    }

    @Test
    void an_abort_ends_the_waiting() {
        world.intents.add(TestRuns.intent(1, Intent.Kind.ABORT));
        until(RunState::isEnd);
        assertThat(driver.run().state()).isInstanceOf(Aborted.class);
        assertThat(world.backups.waiting).isNull();
    }

    @Test
    void whoever_takes_over_waits_for_the_same_backup() {
        world.supervisorGone();
        world.backups.waiting = null;
        driver = takeOver();
        until(state -> world.backups.waiting != null);
        assertThat(world.backups.begun).isEqualTo(2);
        world.backups.done();
        until(RunState::isEnd);
        assertThat(driver.run().state()).isEqualTo(new Succeeded());
    }

    @Test
    void a_supervisor_that_leaves_waits_no_more() {
        driver.letGo();
        assertThat(world.backups.waiting).isNull();
    }

    private RunDriver takeOver() {
        RunDriver fresh = new RunDriver(world.stored, plan, world.ports(), world.times());
        world.leaseMine = true;
        fresh.takeOver(Optional.empty());
        return fresh;
    }

    private void until(Predicate<RunState> reached) {
        for (int i = 0; i < 200; i++) {
            if (reached.test(driver.run().state())) {
                return;
            }
            seconds(1);
        }
        throw new AssertionError("still " + driver.run().state());
    }

    private void seconds(int count) {
        for (int i = 0; i < count; i++) {
            world.second();
            driver.tick();
        }
    }
}
