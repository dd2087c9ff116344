package dev.nightshift.worker;

import dev.nightshift.plan.VerifyStep;

/** Puts questions to the database that change nothing. */
public interface Verifications {

    /**
     * @throws dev.nightshift.run.Transient when the question was cut off
     * @throws dev.nightshift.run.Permanent when it cannot be answered: a missing table, a missing right
     */
    Answer ask(VerifyStep step, Attempt attempt);

    /**
     * What came back.
     *
     * @param holds one row with one column, and that is true
     * @param seen in words: {@code false}, {@code NULL}, {@code no row}, {@code 3 rows}
     */
    record Answer(boolean holds, String seen) {}
}
