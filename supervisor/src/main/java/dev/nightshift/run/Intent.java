package dev.nightshift.run;

import java.time.Instant;

/**
 * A durable command from a person or an alert, in the order in which they were asked.
 *
 * @param alert whether {@code by} is an alert: a pause is its own hold, and a resume lets go of that alone
 */
public record Intent(
        long id,
        RunId run,
        Kind kind,
        boolean immediate,
        String reason,
        String by,
        String from,
        Instant at,
        boolean alert) {

    /** What can be asked of a run. */
    public enum Kind {
        PAUSE,
        RESUME,
        ABORT,
        RETRY,
        APPROVE
    }
}
