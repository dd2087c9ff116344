package dev.nightshift.postgres;

import dev.nightshift.plan.SqlStatement;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.run.StepRecord;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Statements;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.WorkEnded;
import java.time.Duration;

/**
 * Runs single statements. What can run in a transaction does, together with the mark that it is done, so that the
 * journal tells its outcome; for the rest the catalog has to.
 */
public final class PgStatements implements Statements {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    private final PgSessions sessions;

    public PgStatements(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Result tryOnce(StatementStep step, StepRecord record, Attempt attempt) {
        SqlStatement statement = step.statement();
        String name = attempt.sessionName("statement");
        SessionSettings settings = statement.waitsPatiently()
                ? SessionSettings.patient(name)
                : SessionSettings.impatient(name, LOCK_TIMEOUT);
        try (ControlLine beside = new ControlLine(sessions, SessionSettings.control(attempt.sessionName("beside")));
                PgSession session = WorkSessions.open(sessions, settings, attempt)) {
            StatementWatch watch =
                    new StatementWatch(beside, attempt.activity(), step.name(), !statement.waitsPatiently());
            RunSessions.endNamesakes(session);
            StatementRow row = StatementRow.read(session, attempt, record.ordinal());
            if (row.done()) {
                return new Result.Done("");
            }
            StatementTry one = new StatementTry(step, record.ordinal(), attempt, session, beside, watch);
            return statement.runsOutsideTransaction() ? new LoneStatement(one, row).run() : inTransaction(one);
        } catch (RuntimeException e) {
            throw WorkSessions.trouble(e, "running step " + step.name(), "the statement has not begun");
        }
    }

    /** A failure on the way leaves the transaction to end with its session. */
    private static Result inTransaction(StatementTry one) {
        try {
            PgSession session = one.session();
            session.run("BEGIN", ControlLine.PATIENCE);
            if (session.run(one.attempt().lockSql(), ControlLine.PATIENCE).size() == 0) {
                session.run("ROLLBACK", ControlLine.PATIENCE);
                return notPermitted(one);
            }
            one.send(one.step().sql());
            StatementRow.done(session, one.attempt(), one.ordinal());
            one.send("COMMIT");
            return new Result.Done("");
        } catch (RuntimeException e) {
            one.session().close();
            return one.ended(e, "the statement was rolled back");
        }
    }

    /** Either the permit is missing, which passes, or the claim is. */
    static Result notPermitted(StatementTry one) {
        if (one.session().run(one.attempt().checkSql(), ControlLine.PATIENCE).size() == 0) {
            throw new WorkEnded(Stop.Reason.SUPERSEDED);
        }
        return new Result.NotPermitted();
    }
}
