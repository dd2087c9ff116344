package dev.nightshift.drive;

import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Grants and ends the right of a run's worker to carry out its next batch. */
public interface Permits {

    /** Makes the permit this supervisor's own: not revoked, and expired until it is granted. */
    Future<Void> adopt(RunId run);

    /**
     * Lets the worker work until {@code validUntil} on the database's clock, at most {@code walRate} bytes of WAL a
     * second. Grants nothing while the lease is lost, the permit revoked, a freeze is on, or a pause or abort waits to be
     * observed.
     *
     * @param beforeStep the ordinal of the step that may not begin now, nor any after it; empty when any may
     */
    Future<Void> grant(RunId run, OptionalLong walRate, OptionalInt beforeStep, Instant validUntil);

    /** As the other, for any step. */
    default Future<Void> grant(RunId run, OptionalLong walRate, Instant validUntil) {
        return grant(run, walRate, OptionalInt.empty(), validUntil);
    }

    /** Ends the permit now; it can be granted again. */
    Future<Void> withdraw(RunId run);

    /**
     * Ends the permit for good, raises the epoch and ends the sessions of older ones. When this returns, nothing of the
     * worker can commit any more.
     *
     * @param immediate do not wait for the batch in flight
     */
    Future<Void> revoke(RunId run, boolean immediate);

    /** Ends what is left of the run's sessions, and its permit and heartbeat. */
    Future<Void> clear(RunId run);
}
