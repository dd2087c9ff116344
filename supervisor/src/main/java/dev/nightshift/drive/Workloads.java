package dev.nightshift.drive;

import dev.nightshift.plan.BringBack;
import dev.nightshift.plan.TakeDown;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepReply;
import io.vertx.core.Future;
import java.util.List;

/**
 * Stops applications for a while and brings them back. Each call is one look and what follows from it, and is made again
 * until nothing is left; all may be repeated after a crash. Fails with a {@code Transient} while the cluster does not answer.
 */
public interface Workloads {

    /**
     * What of the application is still there.
     *
     * @param pods empty when all have gone
     * @param sessions asked for when no pod is left
     */
    record Left(List<String> pods, List<String> sessions) {

        public Left {
            pods = List.copyOf(pods);
            sessions = List.copyOf(sessions);
        }

        boolean nothing() {
            return pods.isEmpty() && sessions.isEmpty();
        }
    }

    /**
     * Stops what the step names and is not stopped yet, each after it was written down.
     *
     * @param stopped what was written down before
     */
    Future<Left> stop(RunId run, int step, TakeDown what, List<Stopped> stopped);

    /** Ends the sessions by which the step knows the application; how many. */
    Future<Integer> terminate(TakeDown what);

    /** What runs although the run has stopped it, each with who has set it so. */
    Future<List<String>> upAgain(List<Stopped> stopped);

    /**
     * Brings these back as they were.
     *
     * @return what is not back yet, each with the reason
     */
    Future<List<String>> bringBack(RunId run, List<Stopped> stopped);

    /** The same for a step of the plan, with the images that it gives. */
    Future<List<String>> bringBack(RunId run, BringBack step, List<Stopped> stopped);

    /** Which workloads of the step have fewer ready replicas than they should. */
    Future<List<String>> notReady(BringBack step);

    /** Tells the worker that waits at a step how it stands. */
    Future<Void> answer(RunId run, int step, StepReply answer);
}
