package dev.nightshift.postgres;

import dev.nightshift.drive.SideSensors;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.ReplicaRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** One standby, asked itself in one round trip, on PostgreSQL 14 to 18; also while it is the primary after a failover. */
public final class PgStandby implements SideSensors {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final String READ = """
            WITH slots AS (SELECT * FROM pg_replication_slots)
            SELECT clock_timestamp() AS at,
                CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused()::integer ELSE 0 END AS paused,
                (SELECT sum(c.confl_snapshot + c.confl_lock + c.confl_bufferpin + c.confl_tablespace)
                 FROM pg_stat_database_conflicts c)::float8 AS cancelled,
                q.age, q.name AS query, %s AS replicas
            FROM (SELECT) one LEFT JOIN LATERAL (
                SELECT extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS age,
                    format('session %%s of %%s%%s, whose query has run for %%s s', a.pid, a.usename,
                        ', ' || nullif(a.application_name, ''),
                        round(extract(epoch FROM clock_timestamp() - a.xact_start))) AS name
                FROM pg_stat_activity a
                WHERE a.backend_xmin IS NOT NULL AND a.xact_start IS NOT NULL AND a.pid <> pg_backend_pid()
                ORDER BY a.xact_start LIMIT 1) q ON true""".formatted(ReplicaRows.SQL);

    private final String name;
    private final PgLine line;

    /** @param sessions that take a standby for what it is */
    public PgStandby(String name, PgSessions sessions) {
        this.name = name;
        this.line = new PgLine(sessions, SessionSettings.reading("nightshift/supervisor/standby", TIMEOUT), TIMEOUT);
    }

    @Override
    public String signal() {
        return Reading.STANDBY;
    }

    @Override
    public String subject() {
        return name;
    }

    @Override
    public Future<Seen> read() {
        return line.ask("reading standby " + name, READ, Tuple.tuple())
                .map(rows -> seen(rows.iterator().next()));
    }

    public Future<Void> close() {
        return line.close();
    }

    private Seen seen(Row row) {
        Instant at = row.getOffsetDateTime("at").toInstant();
        List<ReplicaRow> replicas = JournalRows.list(row.getJsonArray("replicas"), this::behind);
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of(Reading.STANDBY, name, 1, at));
        readings.add(Reading.of(Reading.STANDBY_PAUSED, name, row.getInteger("paused"), at));
        Double cancelled = row.getDouble("cancelled");
        readings.add(
                cancelled == null
                        ? Reading.unknown(Reading.STANDBY_CANCELLED, name, "its statistics are hidden", at)
                        : Reading.of(Reading.STANDBY_CANCELLED, name, cancelled, at));
        Double age = row.getDouble("age");
        if (age != null) {
            readings.add(new Reading(Reading.STANDBY_QUERY, name, OptionalDouble.of(age), row.getString("query"), at));
        }
        return new Seen(replicas, readings);
    }

    private ReplicaRow behind(JsonObject row) {
        return ReplicaRows.row(row, name);
    }
}
