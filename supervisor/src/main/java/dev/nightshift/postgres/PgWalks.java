package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
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
    public Walk open(WalkStep step, int ordinal, Attempt attempt) {
        return new PgWalk(sessions, step, ordinal, attempt, shape(step, attempt));
    }

    private TableShape shape(WalkStep step, Attempt attempt) {
        SessionSettings settings = SessionSettings.reading(attempt.sessionName("look"), Duration.ofSeconds(10));
        try (PgSession session = WorkSessions.open(sessions, settings, attempt)) {
            return WalkInspection.of(session, step).usable();
        } catch (RuntimeException e) {
            throw WorkSessions.trouble(e, "looking at " + step.walked(), Explanation.NOTHING_CHANGED);
        }
    }
}
