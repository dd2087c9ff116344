package dev.nightshift.postgres;

import dev.nightshift.drive.Permits;
import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The permit row of a run. Revoking it also fences the worker off: see {@link #revoke}. */
public final class PgPermits implements Permits {

    private static final int TRIES_TO_END_SESSIONS = 5;

    private static final String ADOPT = """
            INSERT INTO nightshift.permits (run_id, lease_token, valid_until)
            SELECT $2, $1, '-infinity' FROM nightshift.lease l WHERE l.token = $1 AND l.expires_at > clock_timestamp()
            ON CONFLICT (run_id) DO UPDATE SET lease_token = $1, valid_until = '-infinity', revoked = false""";

    /**
     * A late grant is born expired: its end was fixed by the reading it rests on, not by when it arrives. The row may be
     * gone: a server that crashed comes back with unlogged tables empty. It renews the row as it was when the statement
     * began: one that waited for the row while somebody paused the run knows nothing of the pause.
     */
    private static final String GRANT = """
            INSERT INTO nightshift.permits AS p (run_id, lease_token, wal_rate, valid_until, before_step)
            SELECT r.id, l.token, $3, $4, $5 FROM nightshift.lease l, nightshift.runs r
            WHERE l.token = $1 AND l.expires_at > clock_timestamp() AND r.id = $2 AND r.state = 'working'
              AND NOT EXISTS (SELECT FROM nightshift.intents i
                              WHERE i.run_id = $2 AND i.observed_at IS NULL AND i.kind IN ('pause', 'abort'))
              AND NOT EXISTS (SELECT FROM nightshift.frozen)
            ON CONFLICT (run_id) DO UPDATE SET wal_rate = excluded.wal_rate, valid_until = excluded.valid_until,
                before_step = excluded.before_step
            WHERE NOT p.revoked AND p.lease_token = excluded.lease_token
              AND p.valid_until = (SELECT q.valid_until FROM nightshift.permits q WHERE q.run_id = $2)""";

    private static final String WITHDRAW = "UPDATE nightshift.permits SET valid_until = '-infinity' WHERE run_id = $1";

    private static final String REVOKE =
            "UPDATE nightshift.permits SET revoked = true, valid_until = '-infinity' WHERE run_id = $1";

    private static final String RAISE_EPOCH =
            "UPDATE nightshift.claims SET epoch = epoch + 1, token = NULL WHERE run_id = $1";

    private static final String END_SESSIONS = """
            SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(a.pid, 2000)) AS left
            FROM pg_stat_activity a
            WHERE a.pid <> pg_backend_pid() AND (starts_with(a.application_name, $1) OR %s)""".formatted(RunSessions.OF_ITS_TOOLS.formatted("$2"));

    private static final String CLEAR = """
            WITH p AS (DELETE FROM nightshift.permits WHERE run_id = $1),
                 h AS (DELETE FROM nightshift.heartbeats WHERE run_id = $1)
            """ + WalAccounts.CLOSE;

    private final PgLine line;
    private final UUID lease;

    public PgPermits(PgLine line, UUID lease) {
        this.line = line;
        this.lease = lease;
    }

    @Override
    public Future<Void> adopt(RunId run) {
        return line.ask("preparing the permit", ADOPT, Tuple.of(lease, run.text()))
                .mapEmpty();
    }

    @Override
    public Future<Void> grant(RunId run, OptionalLong walRate, OptionalInt beforeStep, Instant validUntil) {
        Long rate = walRate.isPresent() ? walRate.getAsLong() : null;
        Integer before = beforeStep.isPresent() ? beforeStep.getAsInt() : null;
        Tuple values = Tuple.of(lease, run.text(), rate, OffsetDateTime.ofInstant(validUntil, ZoneOffset.UTC), before);
        return line.ask("renewing the permit", GRANT, values).mapEmpty();
    }

    @Override
    public Future<Void> withdraw(RunId run) {
        return line.ask("ending the permit", WITHDRAW, Tuple.of(run.text())).mapEmpty();
    }

    /**
     * First the permit, so that no further batch begins; then the epoch, which waits for the batch in flight, at most a
     * second; then the sessions, so that nothing that knows no epoch (an index build) is left either.
     */
    @Override
    public Future<Void> revoke(RunId run, boolean immediate) {
        Tuple id = Tuple.of(run.text());
        return line.ask("ending the permit for good", REVOKE, id)
                .compose(v -> immediate ? endSessions(run, 1) : Future.succeededFuture())
                .compose(v -> line.ask("raising the epoch", RAISE_EPOCH, id)
                        .recover(busy ->
                                endSessions(run, 1).compose(w -> line.ask("raising the epoch", RAISE_EPOCH, id))))
                .compose(v -> endSessions(run, 1))
                .compose(v -> line.ask("counting the worker's WAL", WalAccounts.CLOSE, id))
                .mapEmpty();
    }

    @Override
    public Future<Void> clear(RunId run) {
        return endSessions(run, 1)
                .compose(v -> line.ask("clearing the permit away", CLEAR, Tuple.of(run.text())))
                .mapEmpty();
    }

    /** Returns when no session of the run's workers is left. */
    private Future<Void> endSessions(RunId run, int attempt) {
        return line.ask("ending the worker's sessions", END_SESSIONS, Tuple.of(Claim.sessionPrefix(run), run.text()))
                .compose(rows -> {
                    if (rows.iterator().next().getLong("left") == 0) {
                        return Future.succeededFuture();
                    }
                    return attempt < TRIES_TO_END_SESSIONS ? endSessions(run, attempt + 1) : stillThere();
                });
    }

    private static Future<Void> stillThere() {
        return Future.failedFuture(new Transient(new Explanation(
                "sessions of the worker do not end",
                "ending them with pg_terminate_backend",
                "the permit is revoked; what is in flight may still commit",
                "look at pg_stat_activity where application_name begins with nightshift/")));
    }
}
