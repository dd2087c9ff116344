package dev.nightshift.drive;

import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Lease and permit of a {@link FakeWorld}. */
final class FakePermits implements Permits, Lease {

    private final FakeWorld world;

    FakePermits(FakeWorld world) {
        this.world = world;
    }

    @Override
    public Future<Answer> acquire() {
        world.leaseMine = true;
        return Future.succeededFuture(new Answer(true, "here", Optional.empty()));
    }

    @Override
    public Future<Void> keep() {
        world.write();
        return world.leaseMine ? Future.succeededFuture() : Future.failedFuture(new Superseded("another supervisor"));
    }

    @Override
    public Future<Void> release() {
        world.leaseMine = false;
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> adopt(RunId run) {
        return world.faults.change(() -> {
            world.revoked = false;
            world.permitUntil = null;
            return null;
        });
    }

    @Override
    public Future<Void> grant(RunId run, OptionalLong walRate, OptionalInt beforeStep, Instant validUntil) {
        world.write();
        return world.faults.change(() -> {
            if (!world.revoked && world.freezes.isEmpty()) {
                world.permitUntil = validUntil;
                world.beforeStep = beforeStep;
            }
            return null;
        });
    }

    @Override
    public Future<Void> withdraw(RunId run) {
        return world.faults.change(() -> {
            world.permitUntil = null;
            return null;
        });
    }

    @Override
    public Future<Void> revoke(RunId run, boolean immediate) {
        if (world.revokeFails != null) {
            return Future.failedFuture(world.revokeFails);
        }
        return world.faults.change(() -> {
            world.permitUntil = null;
            world.revoked = true;
            return null;
        });
    }

    @Override
    public Future<Void> clear(RunId run) {
        return world.faults.change(() -> {
            world.permitUntil = null;
            return null;
        });
    }
}
