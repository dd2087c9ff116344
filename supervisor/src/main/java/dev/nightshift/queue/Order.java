package dev.nightshift.queue;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import java.util.Optional;

/**
 * A plan that somebody wants carried out when its turn comes.
 *
 * @param id of the run, if it becomes one
 * @param planFile where its text was read, as an absolute path
 * @param priority a higher one goes first
 * @param again why, where a run of the same text has succeeded before
 * @param by {@code user@host}, or {@code name@api}
 * @param from the host or address from which it came
 */
public record Order(
        RunId id, Plan plan, String planFile, int priority, Optional<String> again, String by, String from) {

    public static final int LOWEST = -1_000;
    public static final int HIGHEST = 1_000;

    public Order {
        if (priority < LOWEST || priority > HIGHEST) {
            throw new IllegalArgumentException(
                    "expected a priority from " + LOWEST + " to " + HIGHEST + ", found " + priority);
        }
    }
}
