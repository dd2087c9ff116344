package dev.nightshift.drive;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Waits for a backup until a test says what became of it. */
final class FakeBackups implements Backups {

    private final FakeWorld world;
    int begun;

    @Nullable Promise<Void> waiting;

    FakeBackups(FakeWorld world) {
        this.world = world;
    }

    @Override
    public Future<Void> take(RunId run, Plan plan) {
        if (waiting != null) {
            return Future.failedFuture(new AssertionError("two wait for one backup"));
        }
        Promise<Void> promise = Promise.promise();
        begun++;
        waiting = promise;
        return promise.future();
    }

    @Override
    public Future<Void> leave(RunId run) {
        Promise<Void> left = waiting;
        waiting = null;
        if (left != null) {
            left.fail(new IllegalStateException("left"));
        }
        return Future.succeededFuture();
    }

    void done() {
        world.backup = Optional.of(new BackupRecord(
                "b1",
                "command",
                BackupRecord.State.VERIFIED,
                "arn:b1",
                "attested",
                OptionalLong.empty(),
                OptionalLong.empty(),
                world.now.minus(Duration.ofMinutes(1)),
                Optional.of(world.now),
                Optional.empty()));
        end().complete();
    }

    void fails(Throwable why) {
        end().fail(why);
    }

    private Promise<Void> end() {
        Promise<Void> ended = waiting;
        waiting = null;
        if (ended == null) {
            throw new AssertionError("nobody waits for a backup");
        }
        return ended;
    }
}
