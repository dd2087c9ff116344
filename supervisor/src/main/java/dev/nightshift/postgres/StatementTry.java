package dev.nightshift.postgres;

import dev.nightshift.plan.StatementStep;
import dev.nightshift.run.Claim;
import dev.nightshift.run.Trouble;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Statements.Result;
import io.vertx.sqlclient.Tuple;

/** One try of a statement, with the sessions that it has. */
record StatementTry(
        StatementStep step, int ordinal, Attempt attempt, PgSession session, ControlLine beside, StatementWatch watch) {

    private static final String GAVE_WAY = """
            INSERT INTO nightshift.events (run_id, kind, subject, message)
            SELECT c.run_id, 'gave-way', $4, $5 FROM nightshift.claims c
            WHERE c.run_id = $1 AND c.lane = 0 AND c.epoch = $2 AND c.token = $3""";

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
            case CANCELLED -> cancelled();
            case CONNECTION_LOST, UNREACHABLE, TOO_MANY_CONNECTIONS -> new Result.CutOff(PgFailures.what(e));
            default -> throw WorkSessions.trouble(e, "running step " + step.name() + ": " + step.sql(), state);
        };
    }

    private Result cancelled() {
        String whom = watch.waiting();
        if (whom.isEmpty()) {
            return new Result.CutOff(attempt.stop().asked() ? "it was asked to stop" : "somebody cancelled it");
        }
        note(whom);
        return new Result.InTheWay(whom);
    }

    private void note(String whom) {
        Claim claim = attempt.claim();
        try {
            beside.ask(
                    "telling who was blocked",
                    GAVE_WAY,
                    Tuple.of(
                            claim.run().text(),
                            claim.epoch(),
                            claim.token(),
                            step.name(),
                            "cancelled to let go " + whom + "; it is tried again"));
        } catch (Trouble away) {
            // The next try says so itself when the database is still away.
            attempt.activity().now("gave way to " + whom);
        }
    }
}
