package dev.nightshift.drive;

import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * What the supervisor writes down and reads back. Every write is fenced by the lease: a supervisor that lost it fails
 * with {@link Superseded} and has changed nothing.
 */
public interface Journal {

    /** Fails with {@link dev.nightshift.run.Permanent} when there is no such run. */
    Future<RunRecord> load(RunId run);

    /**
     * Writes {@code next} and {@code event} in one transaction, from the number of moves that {@code before} has.
     *
     * @return the run as it is now
     */
    Future<RunRecord> move(RunRecord before, RunState next, Event event);

    Future<Void> note(RunId run, Event event);

    /** The replicas that were pinned at the run's first preflight; empty before that. */
    Future<Optional<ReplicaSet>> pinned(RunId run);

    Future<Void> pin(RunId run, ReplicaSet replicas);

    /** Everything that others wrote about the run, in one round trip. */
    Future<Report> report(RunId run);

    /** Marks an intent as seen, with what came of it. */
    Future<Void> observed(Intent intent, String outcome);

    /** A person let the asking step go on: a hold step is done, another one runs again. */
    Future<Void> approve(RunId run, String by);

    /** A person approved the plan of the run, which waits for that. */
    Future<Void> approvePlan(Intent intent);

    /** How long steps of this run took in earlier runs of its plan, and those of it that were cut off in vain. */
    Future<List<Took>> timesBefore(RunId run);

    /**
     * Sets the run's verified backup aside if it is not one of the state before the first write any more: the run has not
     * written yet, and the backup is older than it may be, or another run has written since.
     */
    Future<Void> judgeBackup(RunId run);

    /** Puts steps that failed or whose outcome was not known back to pending, of the work or of the abort plan. */
    Future<Void> reopenSteps(RunId run, boolean abort);

    /** Writes readings in one insert. */
    Future<Void> keep(RunId run, List<KeptReading> readings);
}
