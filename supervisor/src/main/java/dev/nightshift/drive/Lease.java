package dev.nightshift.drive;

import io.vertx.core.Future;
import java.util.Optional;

/** The right of one supervisor to act on a database; lives in that database and ends by its clock. */
public interface Lease {

    /** Takes the lease when it is free or expired. */
    Future<Answer> acquire();

    /** Extends the lease when that is due; fails with {@link Superseded} when it was lost. */
    Future<Void> keep();

    Future<Void> release();

    /**
     * What came of asking for the lease.
     *
     * @param mine whether it is ours now
     * @param holder who holds it
     * @param doubt why this journal may be a copy or older than what happened: an active run must not simply go on
     */
    record Answer(boolean mine, String holder, Optional<String> doubt) {}
}
