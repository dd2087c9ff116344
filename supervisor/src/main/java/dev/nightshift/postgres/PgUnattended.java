package dev.nightshift.postgres;

import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the run of a database that nobody supervises: one that has ended and owes an application, else the active one,
 * else the first of the queue that may begin. Of several processes that look, the one with the session's advisory lock answers
 * at once and the others some seconds later, in case it is frozen; the lock decides nothing else. Nothing is ever written.
 */
public final class PgUnattended {

    /** "nightshif" in ASCII, less the ninth letter: no other program is likely to have chosen it. */
    private static final long LOCK = 0x6e69676874736869L;

    private static final long OTHERS_WAIT = Duration.ofSeconds(5).toNanos();

    /** Well below the idle_session_timeout of every session. */
    private static final long KEEP_OPEN = Duration.ofSeconds(20).toNanos();

    private static final String JOURNAL = "SELECT to_regclass('nightshift.runs') IS NOT NULL"
            + " AND to_regclass('nightshift.lease') IS NOT NULL AS there";

    /** No row while somebody supervises: what waits in the queue waits on. An application that is down comes first. */
    private static final String FIND = """
            SELECT coalesce(
                       (SELECT w.run_id FROM nightshift.workloads w JOIN nightshift.runs r ON r.id = w.run_id
                        WHERE w.back_at IS NULL AND w.refused IS NULL AND r.ended_at IS NOT NULL
                          AND (NOT w.keep_down OR r.state IN ('succeeded', 'aborted'))
                        ORDER BY w.asked_at LIMIT 1),
                       (SELECT r.id FROM nightshift.runs r WHERE r.ended_at IS NULL AND r.state <> 'planned')) AS active,
                   EXISTS (SELECT FROM nightshift.runs r WHERE r.state = 'planned') AS queued
            WHERE NOT EXISTS (SELECT FROM nightshift.lease l WHERE l.expires_at > clock_timestamp())""";

    private final PgLine control;
    private final PgLine sensing;
    private final LongSupplier nanos;
    private final Supplier<Future<Optional<RunId>>> queue;
    private @Nullable PgConnection locked;
    private @Nullable RunId seen;
    private long seenAt;
    private long keptOpenAt;

    /** @param queue asked for the run that may begin now, where none is active and some wait */
    public PgUnattended(PgLine control, PgLine sensing, LongSupplier nanos, Supplier<Future<Optional<RunId>>> queue) {
        this.control = control;
        this.queue = queue;
        this.sensing = sensing;
        this.nanos = nanos;
        this.keptOpenAt = nanos.getAsLong() - KEEP_OPEN;
    }

    /** Whether this process was the first one to look at the database, when it looked last. */
    public boolean first() {
        return locked != null;
    }

    /** The run that this process should supervise now; empty as well where no journal is installed. */
    public Future<Optional<RunId>> look() {
        return keepOpen()
                .compose(v -> control.with("looking for a run", this::look))
                .compose(this::choose)
                .map(this::mine);
    }

    private Future<Optional<RunId>> choose(Found found) {
        return found.active().isEmpty() && found.queued() ? queue.get() : Future.succeededFuture(found.active());
    }

    private Future<Found> look(PgConnection connection) {
        return lock(connection)
                .compose(v -> connection.preparedQuery(JOURNAL).execute())
                .compose(rows -> rows.iterator().next().getBoolean("there")
                        ? connection.preparedQuery(FIND).execute().map(PgUnattended::found)
                        : Future.succeededFuture(Found.NOTHING));
    }

    /** A session has the lock until it ends; taking it again would only be counted. */
    private Future<Void> lock(PgConnection connection) {
        if (locked == connection) {
            return Future.succeededFuture();
        }
        locked = null;
        return connection
                .preparedQuery("SELECT pg_try_advisory_lock(" + LOCK + ") AS taken")
                .execute()
                .onSuccess(rows -> locked = rows.iterator().next().getBoolean("taken") ? connection : null)
                .mapEmpty();
    }

    private static Found found(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Found.NOTHING;
        }
        Row row = rows.iterator().next();
        return new Found(Optional.ofNullable(row.getString("active")).map(RunId::new), row.getBoolean("queued"));
    }

    /** What nobody supervises. */
    private record Found(Optional<RunId> active, boolean queued) {

        static final Found NOTHING = new Found(Optional.empty(), false);
    }

    private Optional<RunId> mine(Optional<RunId> found) {
        long now = nanos.getAsLong();
        if (found.isEmpty() || !found.get().equals(seen)) {
            seen = found.orElse(null);
            seenAt = now;
        }
        return found.filter(run -> locked != null || now - seenAt >= OTHERS_WAIT);
    }

    /** The sensing session is there when it is needed, also when all connections of the server are taken by then. */
    private Future<Void> keepOpen() {
        if (nanos.getAsLong() - keptOpenAt < KEEP_OPEN) {
            return Future.succeededFuture();
        }
        return sensing.with(
                        "keeping the sensing session open",
                        c -> c.query("SELECT").execute())
                .onSuccess(v -> keptOpenAt = nanos.getAsLong())
                .mapEmpty();
    }
}
