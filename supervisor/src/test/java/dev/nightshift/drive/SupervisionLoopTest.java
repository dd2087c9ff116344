package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Succeeded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisionLoopTest {

    private final Vertx vertx = Vertx.vertx();
    private final Plan plan = TestRuns.plan(TestRuns.PLAN);
    private final FakeWorld world = TestRuns.world(plan);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void supervises_to_the_end_although_the_database_was_away_when_the_run_was_taken_over() throws Exception {
        world.leaseMine = true;
        world.faults.refuseAfter(0);

        assertThat(supervised().state()).isEqualTo(new Succeeded());
        assertThat(world.told).contains("unreachable");
    }

    @Test
    void supervises_to_the_end_although_the_answer_to_the_taking_over_was_lost() throws Exception {
        world.leaseMine = true;
        world.faults.loseAnswerAfter(1);

        assertThat(supervised().state()).isEqualTo(new Succeeded());
    }

    private RunRecord supervised() throws Exception {
        world.movesWithEachTick = true;
        RunDriver driver = new RunDriver(world.stored, plan, world.ports(), world.times());
        SupervisionLoop loop = new SupervisionLoop(
                new Cadence(vertx, System::nanoTime, late -> {}), driver, world.ports(), world.times(), run -> false);
        Promise<RunRecord> end = Promise.promise();
        vertx.getOrCreateContext().runOnContext(v -> loop.run(Optional.empty()).onComplete(end));
        Future<RunRecord> ended = end.future();
        return ended.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
