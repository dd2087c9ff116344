package dev.nightshift.drive;

import dev.nightshift.plan.TakeDown;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepReply;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** What the journal keeps of stopped workloads, and what the database sees of them; every write is fenced by the lease. */
public interface WorkloadRecords {

    /**
     * Written before it is stopped, while the run works. What was written before of the same workload, by whatever run,
     * and is not back stays: it may have no replicas any more.
     */
    Future<Void> asks(RunId run, Stopped stopped);

    /** The API server has answered that it is stopped. False, and nothing was written, when the lease is lost. */
    Future<Boolean> confirmed(RunId run, Stopped stopped);

    /** Whether somebody has brought it back. */
    Future<Boolean> isBack(RunId run, Stopped stopped);

    /** What its containers had, before they get other images. */
    Future<Void> images(RunId run, Stopped stopped, Map<String, String> before);

    /**
     * It is back.
     *
     * @param reopens its step has to be done again before any work after it
     */
    Future<Void> back(RunId run, Stopped stopped, boolean reopens);

    /** It cannot be brought back; a person has to. */
    Future<Void> refused(RunId run, Stopped stopped, String why);

    Future<Void> answer(RunId run, int step, StepReply answer);

    /** The application's sessions that are there now, in words for a person. */
    Future<List<String>> sessions(TakeDown.Sessions sessions);

    /** Ends them; how many. */
    Future<Integer> terminate(TakeDown.Sessions sessions);

    Future<Void> note(RunId run, Event event);
}
