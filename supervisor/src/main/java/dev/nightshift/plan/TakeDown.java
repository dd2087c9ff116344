package dev.nightshift.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Scales workloads to zero and waits until their pods and sessions are gone. They come back with the matching
 * {@link BringBack}, and whenever the run is not at work any more.
 *
 * @param within how long pods and sessions may take to go
 * @param keepDown whether they stay down, whatever happens, until the run has succeeded or its abort plan is complete
 * @param expected how long the application is down at most, all steps up to the one that brings it back
 */
public record TakeDown(
        String name,
        String namespace,
        List<Workload> stop,
        Sessions sessions,
        Duration within,
        boolean keepDown,
        Optional<Duration> expected)
        implements WorkloadsStep {

    public TakeDown {
        Names.check("a step's name", name);
        stop = List.copyOf(stop);
        if (stop.isEmpty()) {
            throw new IllegalArgumentException("expected at least one workload to stop, found none");
        }
    }

    /**
     * By what the application's sessions in the database are known; both have to fit where both are said.
     *
     * @param terminate how long after the last pod sessions that are left are ended; empty when they never are
     */
    public record Sessions(Optional<String> user, Optional<String> applicationName, Optional<Duration> terminate) {

        public Sessions {
            if (user.isEmpty() && applicationName.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected `user` or `application-name` of the application's sessions, found neither");
            }
        }
    }
}
