package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Receipt;
import java.nio.file.Path;
import java.util.Optional;

/** Puts plans into the queue of a database; fails with a {@link dev.nightshift.run.Trouble}. */
public interface Submitting {

    /** Refuses what the linter refuses, and what cannot be carried out from its text alone. */
    Receipt submit(Draft draft);

    /**
     * A plan as somebody submits it.
     *
     * @param plan for the database into whose queue it goes
     * @param named the database that its text names
     * @param file where its text was read
     * @param again why, where a run of the same text has succeeded before
     * @param by {@code user@host}
     */
    record Draft(
            Plan plan,
            Optional<DatabaseUrl> named,
            Path file,
            int priority,
            Optional<String> again,
            String by,
            String from) {}
}
