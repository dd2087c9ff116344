package dev.nightshift.postgres;

import dev.nightshift.drive.Lease;
import dev.nightshift.drive.Superseded;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lease row of a database: ten seconds by its clock, renewed every two. It remembers which server it was taken on,
 * so that a restored or cloned database is not mistaken for the one where its runs were going on.
 */
public final class PgLease implements Lease {

    private static final long RENEWAL_NANOS = 2_000_000_000L;

    private static final String IDENTITY = """
            SELECT (SELECT c.system_identifier::text FROM pg_control_system() c) AS system_identifier,
                   (SELECT d.oid::bigint FROM pg_database d WHERE d.datname = current_database()) AS database_oid,
                   ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer AS timeline,
                   coalesce(host(inet_server_addr()) || ':' || inet_server_port(), 'local socket') AS server_address""";

    /** The row before the update is what the doubt is about. */
    private static final String ACQUIRE =
            "WITH here AS (" + IDENTITY + "), before AS (SELECT * FROM nightshift.lease), " + """
            taken AS (
                INSERT INTO nightshift.lease AS l
                    (holder, token, epoch, expires_at, system_identifier, database_oid, timeline, server_address)
                SELECT $1, $2, 1, clock_timestamp() + interval '10 seconds', h.* FROM here h
                ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, token = excluded.token, epoch = l.epoch + 1,
                    expires_at = excluded.expires_at, system_identifier = excluded.system_identifier,
                    database_oid = excluded.database_oid, timeline = excluded.timeline,
                    server_address = excluded.server_address
                WHERE l.expires_at < clock_timestamp() OR l.token = excluded.token
                RETURNING holder)
            SELECT (SELECT holder FROM taken) AS taken, b.holder AS before,
                   h.system_identifier <> b.system_identifier OR h.database_oid <> b.database_oid AS other_database,
                   h.timeline <> b.timeline AS other_timeline,
                   h.server_address <> b.server_address AND b.expires_at < clock_timestamp() - interval '15 minutes'
                       AS old_elsewhere,
                   b.server_address
            FROM here h LEFT JOIN before b ON true""";

    private static final String KEEP =
            "UPDATE nightshift.lease SET expires_at = clock_timestamp() + interval '10 seconds' WHERE token = $1 RETURNING id";

    private static final String RELEASE = "UPDATE nightshift.lease SET expires_at = '-infinity' WHERE token = $1";

    private final PgLine line;
    private final String holder;
    private final UUID token;
    private final LongSupplier nanos;
    private @Nullable Long keptAt;

    public PgLease(PgLine line, String holder, UUID token, LongSupplier nanos) {
        this.line = line;
        this.holder = holder;
        this.token = token;
        this.nanos = nanos;
    }

    @Override
    public Future<Answer> acquire() {
        return line.ask("taking the lease", ACQUIRE, Tuple.of(holder, token)).map(rows -> {
            Row row = rows.iterator().next();
            String taken = row.getString("taken");
            if (taken == null) {
                return new Answer(false, String.valueOf(row.getString("before")), Optional.empty());
            }
            keptAt = nanos.getAsLong();
            return new Answer(true, taken, doubt(row));
        });
    }

    @Override
    public Future<Void> keep() {
        long now = nanos.getAsLong();
        if (keptAt != null && now - keptAt < RENEWAL_NANOS) {
            return Future.succeededFuture();
        }
        return line.ask("renewing the lease", KEEP, Tuple.of(token)).compose(rows -> {
            if (rows.rowCount() == 0) {
                return Future.failedFuture(new Superseded("another supervisor took the lease of this database"));
            }
            keptAt = now;
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> release() {
        return line.ask("giving the lease back", RELEASE, Tuple.of(token)).mapEmpty();
    }

    private static Optional<String> doubt(Row row) {
        String last = " than where its supervisor last was (" + row.getString("server_address") + ")";
        if (Boolean.TRUE.equals(row.getBoolean("other_database"))) {
            return Optional.of(
                    "this is another database cluster" + last + ": is the journal a restored or cloned copy?");
        }
        if (Boolean.TRUE.equals(row.getBoolean("other_timeline"))) {
            return Optional.of("this server is on another timeline" + last + ": was it promoted, or restored?");
        }
        if (Boolean.TRUE.equals(row.getBoolean("old_elsewhere"))) {
            return Optional.of("the lease died more than 15 minutes ago on another address" + last
                    + ": is this still the same database?");
        }
        return Optional.empty();
    }
}
