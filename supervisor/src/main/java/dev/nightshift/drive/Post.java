package dev.nightshift.drive;

import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import io.vertx.core.Future;
import java.util.Optional;

/** A database that a standing supervisor looks after, whether a run is active in it or not. */
public interface Post {

    /** Whether the next look needs no new connection. */
    boolean isConnected();

    /**
     * The run that nobody supervises and that this process should; writes nothing and makes nothing.
     *
     * <p>Fails with a {@link dev.nightshift.run.Trouble} when the database does not answer or cannot be used.
     */
    Future<Optional<RunId>> look();

    /**
     * Takes the run over and supervises it until it has ended; fails with {@link Superseded} when another supervisor
     * holds the lease or takes it.
     */
    Future<RunRecord> supervise(RunId run);

    /** Lets go of everything here; the worker of a run that is under supervision parks. */
    Future<Void> leave();
}
