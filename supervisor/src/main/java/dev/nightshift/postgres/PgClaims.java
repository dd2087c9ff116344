package dev.nightshift.postgres;

import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.SqlState;
import dev.nightshift.worker.Claims;
import dev.nightshift.worker.Mandate;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;

/**
 * Claims a run: first the epoch, which waits for the batch in flight, then the sessions of older epochs, and only when
 * they are gone the work. A session carries its epoch from its first packet on, so none can be overlooked.
 */
public final class PgClaims implements Claims {

    private static final int MOST_TRIES = 5;

    private static final String PRESENT = "SELECT max(c.epoch) AS epoch FROM nightshift.claims c WHERE c.run_id = $1";

    private static final String NOT_REVOKED = """
             AND NOT EXISTS (SELECT FROM nightshift.permits p WHERE p.run_id = $1 AND p.revoked)
             AND NOT EXISTS (SELECT FROM nightshift.intents i
                             WHERE i.run_id = $1 AND i.kind = 'abort' AND i.observed_at IS NULL)""";

    private static final String RAISE = """
            WITH lanes AS MATERIALIZED (
                SELECT c.lane FROM nightshift.claims c WHERE c.run_id = $1 ORDER BY c.lane FOR UPDATE)
            UPDATE nightshift.claims c SET epoch = $2 + 1, token = $3
            FROM nightshift.runs r
            WHERE c.run_id = $1 AND c.lane IN (SELECT lane FROM lanes) AND c.epoch = $2 AND r.id = c.run_id""";

    private final PgSessions sessions;

    public PgClaims(PgSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<Claim> take(RunId run, Mandate mandate) {
        try {
            Claim claim = new Claim(run, presentEpoch(run) + 1, UUID.randomUUID());
            try (PgSession session =
                    sessions.session(SessionSettings.control(claim.sessionName(mandate.role("claim"))))) {
                boolean raised = raise(session, claim, mandate);
                if (raised) {
                    RunSessions.endOthersForGood(session, run, claim.epoch());
                }
                return raised ? Optional.of(claim) : Optional.empty();
            }
        } catch (RuntimeException e) {
            throw PgFailures.trouble(e, "claiming run " + run, "as the journal has it");
        }
    }

    private long presentEpoch(RunId run) {
        try (PgSession session = sessions.session(SessionSettings.control(Claim.sessionPrefix(run) + "0/claim"))) {
            RowSet<Row> rows = session.run(PRESENT, Tuple.of(run.text()), ControlLine.PATIENCE);
            Long epoch = rows.iterator().next().getLong("epoch");
            if (epoch == null) {
                throw new Permanent(new Explanation(
                        "there is no run " + run + " in the journal of "
                                + sessions.url().database(),
                        "claiming it",
                        Explanation.NOTHING_CHANGED,
                        "check the run's name and the database's URL"));
            }
            return epoch;
        }
    }

    /** A batch in flight holds the row at most as long as its statement timeout; a long statement is ended instead. */
    private static boolean raise(PgSession session, Claim claim, Mandate mandate) {
        String sql = RAISE + " AND " + mandate.wanted() + (mandate == Mandate.WORK ? NOT_REVOKED : "");
        Tuple values = Tuple.of(claim.run().text(), claim.epoch() - 1, claim.token());
        for (int tries = 1; ; tries++) {
            try {
                return session.run(sql, values, ControlLine.PATIENCE).rowCount() > 0;
            } catch (RuntimeException e) {
                if (SqlStates.of(e) != SqlState.LOCK_TIMEOUT || tries == MOST_TRIES) {
                    throw e;
                }
                RunSessions.endOthers(session, claim.run(), claim.epoch());
            }
        }
    }
}
