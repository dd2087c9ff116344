package dev.nightshift.drive;

import dev.nightshift.run.Explanation;

/** What a launcher tells of the worker that it started, in the order in which it happened. */
public sealed interface WorkerNews {

    /** Its process lives; from now on it is expected to beat. */
    record Runs() implements WorkerNews {}

    /** Its process ended, and another one follows without being asked for. */
    record Replaced(String how) implements WorkerNews {}

    /**
     * It ended, and nobody starts another one by himself.
     *
     * @param how what a person is told: the exit code, and why where that is known
     */
    record Ended(int code, String how) implements WorkerNews {

        public Ended(int code) {
            this(code, "exit code " + code);
        }
    }

    /** It is gone and left no exit code: its machine is lost, or somebody took it away. */
    record Gone(String how) implements WorkerNews {}

    /** It cannot run before a person has changed something. */
    record Refused(Explanation explanation) implements WorkerNews {}

    /** Something that belongs into the run's history and changes nothing. */
    record Told(Event event) implements WorkerNews {}
}
