package dev.nightshift.postgres;

import dev.nightshift.drive.Sensors;
import dev.nightshift.guards.reading.BlockedSession;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.OwnSession;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.guards.reading.SlotRow;
import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Everything the guards look at, in one round trip, on PostgreSQL 14 to 18. */
public final class PgSensors implements Sensors {

    private static final long PATIENCE_MILLIS = 1_500;

    private static final String SAMPLE = """
            WITH act AS MATERIALIZED (SELECT * FROM pg_stat_activity),
            own AS (SELECT * FROM act a WHERE starts_with(a.application_name, $1) OR %s),
            slots AS MATERIALIZED (SELECT * FROM pg_replication_slots),
            here AS MATERIALIZED (
                SELECT pg_is_in_recovery() AS in_recovery,
                       CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END AS position)
            SELECT clock_timestamp() AS at, h.position::text AS position, h.in_recovery,
                (SELECT c.system_identifier::text FROM pg_control_system() c) AS system_identifier,
                CASE WHEN h.in_recovery THEN 0
                     ELSE ('x' || substr(pg_walfile_name(h.position), 1, 8))::bit(32)::integer END AS timeline,
                (SELECT d.oid::bigint FROM pg_database d WHERE d.datname = current_database()) AS database_oid,
                coalesce(host(inet_server_addr()) || ':' || inet_server_port(), 'local socket') AS address,
                %s AS replicas,
                (SELECT jsonb_agg(to_jsonb(s) || jsonb_build_object('retained', h.position - s.restart_lsn))
                 FROM slots s) AS slots,
                (SELECT jsonb_agg(jsonb_build_object(
                        'victim', a.pid, 'application', a.application_name, 'blocker', b.pid,
                        'waited', extract(epoch FROM clock_timestamp() - coalesce(
                            (SELECT min(l.waitstart) FROM pg_locks l WHERE l.pid = a.pid AND NOT l.granted),
                            a.query_start))))
                 FROM act a CROSS JOIN LATERAL unnest(pg_blocking_pids(a.pid)) AS b (pid)
                 WHERE a.wait_event_type = 'Lock' AND b.pid IN (SELECT o.pid FROM own o)
                   AND NOT starts_with(a.application_name, $1)
                   AND a.pid NOT IN (SELECT o.pid FROM own o)) AS blocked,
                (SELECT jsonb_agg(jsonb_build_object(
                        'pid', o.pid, 'role', split_part(o.application_name, '/', 4), 'type', o.wait_event_type,
                        'event', o.wait_event, 'state', o.state,
                        'queryAge', extract(epoch FROM clock_timestamp() - o.query_start)))
                 FROM own o) AS own,
                (SELECT jsonb_agg(jsonb_build_object(
                        'signal', g.signal, 'subject', g.subject, 'value', g.value, 'note', coalesce(g.note, '')))
                 FROM (%s) g (signal, subject, value, note)) AS signals,
                (SELECT jsonb_agg(DISTINCT l.relation::bigint) FROM own o CROSS JOIN LATERAL (
                    SELECT k.relation FROM pg_locks k
                    WHERE k.pid = o.pid AND k.locktype = 'relation' AND k.granted AND k.mode <> 'AccessShareLock') l
                 JOIN pg_class c ON c.oid = l.relation AND c.relkind = 'r'
                 WHERE c.relnamespace <> ALL (ARRAY(SELECT n.oid FROM pg_namespace n
                     WHERE n.nspname IN ('nightshift', 'pg_catalog', 'pg_toast')))) AS locked,
            %s
                AS own_wal
            FROM here h""";

    private final PgLine line;
    private final String ownWal;
    private final String ownTools;
    private final Function<RunId, String> ownSessions;
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final TouchedTables touched = new TouchedTables();

    public PgSensors(PgLine line, LongSupplier nanos) {
        this(line, nanos, WalAccounts.OF_RUN, RunSessions.OF_ITS_TOOLS.formatted("$2"), Claim::sessionPrefix);
    }

    private PgSensors(
            PgLine line, LongSupplier nanos, String ownWal, String ownTools, Function<RunId, String> ownSessions) {
        this.line = line;
        this.nanos = nanos;
        this.ownWal = ownWal;
        this.ownTools = ownTools;
        this.ownSessions = ownSessions;
    }

    /** Sensors that need no journal: the sessions of every run count as ours, and of what WAL is ours they know nothing. */
    public static PgSensors withoutJournal(PgLine line, LongSupplier nanos) {
        return new PgSensors(line, nanos, WalAccounts.NOT_KNOWN, "false", run -> "nightshift/");
    }

    @Override
    public Future<Sample> read(RunId run) {
        Tuple parameters = Tuple.of(ownSessions.apply(run), run.text(), touched.of(run));
        return line.with(
                        "reading the signals",
                        c -> c.preparedQuery(text(c.databaseMetadata().majorVersion()))
                                .execute(parameters))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .map(rows -> {
                    Row row = rows.iterator().next();
                    touched.add(run, row.getJsonArray("locked"));
                    return sample(row);
                });
    }

    private String text(int major) {
        return texts.computeIfAbsent(
                major, version -> SAMPLE.formatted(ownTools, ReplicaRows.SQL, SignalSql.all(version), ownWal));
    }

    private Sample sample(Row row) {
        Instant at = row.getOffsetDateTime("at").toInstant();
        return new Sample(
                at,
                nanos.getAsLong(),
                Lsn.parse(row.getString("position")),
                new ServerIdentity(
                        row.getString("system_identifier"),
                        row.getInteger("timeline"),
                        row.getLong("database_oid"),
                        row.getString("address"),
                        row.getBoolean("in_recovery")),
                JournalRows.list(row.getJsonArray("replicas"), r -> ReplicaRows.row(r, null)),
                JournalRows.list(row.getJsonArray("slots"), PgSensors::slot),
                JournalRows.list(row.getJsonArray("blocked"), PgSensors::blocked),
                JournalRows.list(row.getJsonArray("own"), PgSensors::own),
                readings(row, at));
    }

    private static List<Reading> readings(Row row, Instant at) {
        List<Reading> readings =
                new ArrayList<>(JournalRows.list(row.getJsonArray("signals"), signal -> reading(signal, at)));
        Long ownWal = row.getLong("own_wal");
        if (ownWal != null) {
            readings.add(Reading.of(Reading.OWN_WAL, "", ownWal, at));
        }
        return readings;
    }

    private static Reading reading(JsonObject g, Instant at) {
        Double value = g.getDouble("value");
        return new Reading(
                g.getString("signal"),
                g.getString("subject"),
                value == null ? OptionalDouble.empty() : OptionalDouble.of(value),
                g.getString("note"),
                at);
    }

    private static SlotRow slot(JsonObject s) {
        return new SlotRow(
                s.getString("slot_name"),
                "logical".equals(s.getString("slot_type")),
                s.getBoolean("active"),
                s.getString("wal_status"),
                s.getLong("safe_wal_size"),
                s.getLong("retained"),
                s.getString("invalidation_reason"));
    }

    private static BlockedSession blocked(JsonObject b) {
        Duration waited = ReplicaRows.seconds(b.getDouble("waited"));
        return new BlockedSession(
                b.getInteger("victim"),
                b.getString("application", ""),
                b.getInteger("blocker"),
                waited == null ? Duration.ZERO : waited);
    }

    private static OwnSession own(JsonObject o) {
        return new OwnSession(
                o.getInteger("pid"),
                o.getString("role"),
                o.getString("type"),
                o.getString("event"),
                o.getString("state"),
                ReplicaRows.seconds(o.getDouble("queryAge")));
    }
}
