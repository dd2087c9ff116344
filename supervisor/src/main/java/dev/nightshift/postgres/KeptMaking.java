package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import dev.nightshift.worker.Attempt;
import io.vertx.sqlclient.Tuple;

/** Makes the table in which a walk keeps what it overwrites, before its first batch. */
final class KeptMaking {

    private static final String THERE = "SELECT to_regclass($1) IS NOT NULL AS there";

    private KeptMaking() {}

    /** In one transaction with a look at claim and permit; a table that is there was made by an earlier attempt. */
    static void make(PgSession session, WalkStep step, KeptSql kept, Attempt attempt) {
        if (session.run(THERE, Tuple.of(kept.table().name().quoted()), ControlLine.PATIENCE)
                .iterator()
                .next()
                .getBoolean("there")) {
            return;
        }
        try {
            session.run("BEGIN", ControlLine.PATIENCE);
            if (session.run(attempt.lockSql(), ControlLine.PATIENCE).size() == 0) {
                throw new Transient(new Explanation(
                        "there is no live permit",
                        "making " + kept.table().name(),
                        Explanation.NOTHING_CHANGED,
                        "nothing: it is tried again"));
            }
            String mark = new KeptMark(step.name(), attempt.claim().run()).text();
            kept.making(step.table(), mark).forEach(statement -> session.run(statement, ControlLine.PATIENCE));
            session.run("COMMIT", ControlLine.PATIENCE);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
