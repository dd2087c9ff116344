package dev.nightshift.postgres;

import dev.nightshift.run.Transient;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.WorkEnded;

/** Opens sessions that do nothing before they know that their claim is still the run's own. */
final class WorkSessions {

    private WorkSessions() {}

    /**
     * @throws WorkEnded when the claim was taken over
     * @throws Transient when the session cannot be had now
     */
    static PgSession open(PgSessions sessions, SessionSettings settings, Attempt attempt) {
        PgSession session = sessions.session(settings);
        try {
            if (session.run(attempt.checkSql(), ControlLine.PATIENCE).size() == 0) {
                throw new WorkEnded(Stop.Reason.SUPERSEDED);
            }
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw trouble(e, "checking the claim", "as the journal has it");
        }
    }

    /** As {@link PgFailures#trouble}; the end of the work is no trouble. */
    static RuntimeException trouble(RuntimeException e, String doing, String state) {
        return e instanceof WorkEnded ? e : PgFailures.trouble(e, doing, state);
    }
}
