package dev.nightshift.postgres;

import dev.nightshift.plan.StatementStep;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Statements.Result;

/** One try of a statement, with the sessions that it has. */
record StatementTry(
        StatementStep step, int ordinal, Attempt attempt, PgSession session, ControlLine beside, StatementWatch watch) {

    void send(String sql) {
        RunningStatement.start(session, sql).await(beside, attempt.stop(), watch);
    }

    /**
     * What a failure means for the next try.
     *
     * @throws dev.nightshift.run.Trouble when there must be none
     */
    Result ended(RuntimeException e, String state) {
        return switch (SqlStates.of(e)) {
            case LOCK_TIMEOUT, DEADLOCK, SERIALIZATION, IN_USE ->
                new Result.Blocked(watch.blocker().isEmpty() ? PgFailures.what(e) : watch.blocker());
            case CANCELLED ->
                new Result.CutOff(attempt.stop().asked() ? "it was asked to stop" : "somebody cancelled it");
            case CONNECTION_LOST, UNREACHABLE, TOO_MANY_CONNECTIONS -> new Result.CutOff(PgFailures.what(e));
            default -> throw WorkSessions.trouble(e, "running step " + step.name() + ": " + step.sql(), state);
        };
    }
}
