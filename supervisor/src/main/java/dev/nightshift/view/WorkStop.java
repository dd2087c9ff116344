package dev.nightshift.view;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Trouble;

/** What became of a run's work in the database when an abort of it was written down. */
public sealed interface WorkStop {

    /** Its supervisor does it at its next look, or there is no work. */
    record NotNeeded() implements WorkStop {}

    /** Nothing of the worker can commit any more. */
    record Stopped() implements WorkStop {}

    /** It could not be stopped from here; the supervisor reads the abort all the same. */
    record LeftToSupervisor(Explanation why) implements WorkStop {}

    /**
     * Stops the work where {@link Beforehand#stopsWork} says so.
     *
     * @param view the run before the abort was written down
     * @throws Trouble where that fails and nobody supervises the run
     */
    static WorkStop onAbort(Intents intents, StatusView view, boolean immediate) {
        if (!Beforehand.stopsWork(immediate, view)) {
            return new NotNeeded();
        }
        try {
            intents.stopWork(view.run().id(), immediate);
            return new Stopped();
        } catch (Trouble e) {
            if (!view.supervised()) {
                throw e;
            }
            return new LeftToSupervisor(e.explanation());
        }
    }
}
