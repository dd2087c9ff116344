package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Walks;
import java.time.Duration;

/** Opens key walks: through a primary key or another unique index, in the order of the key. */
public final class PgWalks implements Walks {

    private final PgSessions sessions;

    public PgWalks(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Walk open(BackfillStep step, int ordinal, Attempt attempt) {
        return new PgWalk(sessions, step, ordinal, attempt, shape(step, attempt));
    }

    private TableShape shape(BackfillStep step, Attempt attempt) {
        SessionSettings settings = SessionSettings.reading(attempt.sessionName("look"), Duration.ofSeconds(10));
        try (PgSession session = WorkSessions.open(sessions, settings, attempt)) {
            return BackfillInspection.of(session, step).usable();
        } catch (RuntimeException e) {
            throw WorkSessions.trouble(e, "looking at " + step.table(), Explanation.NOTHING_CHANGED);
        }
    }
}
