package dev.nightshift.postgres;

import dev.nightshift.plan.VerifyStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.SqlState;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Verifications;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Locale;

/** Puts a question in a read-only session; a verification that writes is refused by the server. */
public final class PgVerifications implements Verifications {

    /** An older snapshot would keep dead rows from being removed for too long. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final PgSessions sessions;

    public PgVerifications(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Answer ask(VerifyStep step, Attempt attempt) {
        SessionSettings settings = SessionSettings.reading(attempt.sessionName("verify"), LONGEST);
        try (PgSession session = WorkSessions.open(sessions, settings, attempt)) {
            return answer(RunningStatement.start(session, step.sql()).await(sessions, attempt));
        } catch (RuntimeException e) {
            if (SqlStates.of(e) == SqlState.READ_ONLY) {
                throw writes(step, e);
            }
            throw WorkSessions.trouble(e, "verifying " + step.name(), "a verification changes nothing");
        }
    }

    /** The session is read-only by our own wish, so this is no other server. */
    private static Permanent writes(VerifyStep step, RuntimeException e) {
        return new Permanent(
                new Explanation(
                        PgFailures.what(e),
                        "verifying " + step.name(),
                        "as the steps before it left it; a verification changes nothing",
                        "ask without a function or a statement that writes, and submit a new run"),
                e);
    }

    private static Answer answer(RowSet<Row> rows) {
        if (rows.size() != 1) {
            return new Answer(false, rows.size() == 0 ? "no row" : rows.size() + " rows");
        }
        Row row = rows.iterator().next();
        if (row.size() != 1) {
            return new Answer(false, row.size() + " columns");
        }
        Object value = row.getValue(0);
        String seen = value == null ? "NULL" : value.toString().toLowerCase(Locale.ROOT);
        return new Answer(
                Boolean.TRUE.equals(value), value instanceof Boolean || value == null ? seen : "'" + seen + "'");
    }
}
