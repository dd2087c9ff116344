package dev.nightshift.postgres;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.ToolSessions;

/** Looks after the sessions of tools over a control connection of its own. */
public final class PgToolSessions implements ToolSessions {

    private final PgSessions sessions;

    public PgToolSessions(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Watch over(ExternalStep step, int ordinal, Attempt attempt) {
        ControlLine line = new ControlLine(sessions, SessionSettings.control(attempt.sessionName("beside")));
        try {
            return new ToolWatch(new ToolRow(line, attempt, ordinal), line, step.name());
        } catch (RuntimeException e) {
            line.close();
            throw e;
        }
    }
}
