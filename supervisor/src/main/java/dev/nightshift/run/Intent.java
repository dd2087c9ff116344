package dev.nightshift.run;

import java.time.Instant;

/** A durable command from a person or an alert, in the order in which they were asked. */
public record Intent(
        long id, RunId run, Kind kind, boolean immediate, String reason, String by, String from, Instant at) {

    /** What can be asked of a run. */
    public enum Kind {
        PAUSE,
        RESUME,
        ABORT,
        RETRY,
        APPROVE
    }
}
