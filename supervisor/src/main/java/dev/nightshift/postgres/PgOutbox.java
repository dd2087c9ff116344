package dev.nightshift.postgres;

import dev.nightshift.announce.Decision;
import dev.nightshift.announce.Occurrence;
import dev.nightshift.announce.Outbox;
import dev.nightshift.announce.Sight;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.RunId;
import dev.nightshift.view.Notification;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who was told what, in the journal. Of several processes that know a receiver the one that has the session's advisory lock
 * for it tells it; a session that ends gives that up by itself, and the lock decides nothing else: a message may be sent
 * twice, and has the same id then.
 */
public final class PgOutbox implements Outbox {

    private static final String DOING = "looking whom to tell what";

    private static final String JOURNAL = "SELECT to_regclass('nightshift.deliveries') IS NOT NULL AS there";

    /** "nsht" in ASCII: no other program is likely to have chosen it. */
    private static final String LOCK = "SELECT pg_try_advisory_lock(1853057140, hashtext($1)) AS mine";

    /** What happened before anybody knew of the receiver is not told, unless the journal itself is younger. */
    private static final String ENROL = """
            INSERT INTO nightshift.receivers (name, since, upto)
            SELECT $1, s.since, s.since FROM (
                SELECT CASE WHEN $2 THEN 0 ELSE coalesce((SELECT max(e.id) FROM nightshift.events e), 0) END AS since) s
            ON CONFLICT (name) DO NOTHING""";

    /** Numbers are drawn before they are committed, so that one may come to light after a higher one. */
    private static final String FRESH = """
            SELECT e.* FROM (SELECT w.since FROM nightshift.receivers w WHERE w.name = $1) w CROSS JOIN (
                SELECT r.id FROM nightshift.runs r WHERE r.ended_at IS NULL OR r.ended_at > clock_timestamp() - interval '8 days'
                ORDER BY r.created_at DESC LIMIT 20) r
            CROSS JOIN LATERAL (
                SELECT v.id, v.run_id, v.at, v.kind, v.subject, v.message, v.detail ->> 'state' AS state,
                       v.detail #>> '{failure,kind}' AS failure
                FROM nightshift.events v
                WHERE v.run_id = r.id AND v.id > greatest($2 - 64, w.since) AND v.at > clock_timestamp() - interval '8 days' AND v.kind = ANY ($3)
                  AND NOT EXISTS (SELECT FROM nightshift.deliveries d WHERE d.receiver = $1 AND d.event_id = v.id)
                ORDER BY v.id LIMIT 500) e
            ORDER BY e.id""";

    private static final String STANDING = """
            SELECT clock_timestamp() AS now, (SELECT r.upto FROM nightshift.receivers r WHERE r.name = $1) AS upto,
                   (SELECT coalesce(jsonb_object_agg(f.run_id, f.made), '{}') FROM (
                       SELECT d.run_id, count(DISTINCT d.told_as) AS made FROM nightshift.deliveries d
                       WHERE d.receiver = $1 AND d.happening IN ('held', 'released') AND d.state <> 'passed-over'
                         AND d.made_at > clock_timestamp() - interval '1 minute' GROUP BY d.run_id) f) AS flaps""";

    private static final String DUE = """
            SELECT e.id, e.run_id, e.at, e.kind, e.subject, e.message, e.detail, r.plan_name, d.count, d.since, d.happening
            FROM (SELECT o.told_as, o.run_id, count(*) AS count, min(o.event_at) AS since,
                         (array_agg(o.event_at ORDER BY o.event_id DESC))[1] AS at,
                         (array_agg(o.happening ORDER BY o.event_id DESC))[1] AS happening
                  FROM nightshift.deliveries o WHERE o.receiver = $1 AND o.state = 'due'
                  GROUP BY o.told_as, o.run_id ORDER BY o.told_as LIMIT 50) d
            JOIN nightshift.runs r ON r.id = d.run_id
            JOIN nightshift.events e ON e.run_id = d.run_id AND e.id = d.told_as AND e.at = d.at
            ORDER BY e.id""";

    private static final String DECIDE = """
            WITH made AS (
                INSERT INTO nightshift.deliveries (receiver, event_id, run_id, event_at, happening, told_as, state)
                SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::timestamptz[], $5::text[], $6::bigint[], $7::text[])
                ON CONFLICT DO NOTHING)
            UPDATE nightshift.receivers SET upto = greatest(upto, $8) WHERE name = $1""";

    private static final String TOLD = """
            UPDATE nightshift.deliveries SET state = 'told', ended_at = clock_timestamp(), answer = $4
            WHERE receiver = $1 AND run_id = $2 AND told_as = $3 AND state = 'due'""";

    private static final String GIVEN_UP = """
            WITH ended AS (
                UPDATE nightshift.deliveries SET state = 'given-up', ended_at = clock_timestamp(), answer = $4
                WHERE receiver = $1 AND run_id = $2 AND told_as = $3 AND state = 'due' RETURNING event_id)
            INSERT INTO nightshift.events (run_id, kind, subject, message)
            SELECT $2, 'not-told', $1, $5 WHERE EXISTS (SELECT FROM ended)""";

    private static final List<String> KINDS =
            List.of("state", "held", "released", "long-hold", "command", "window-ending", "promoted", "worker-lost");

    private final String database;
    private final PgLine line;
    private final Set<String> mine = new HashSet<>();
    private final Set<String> enrolled = new HashSet<>();
    private @Nullable PgConnection locked;
    /** Whether this process looked before there was a journal. */
    private boolean before;

    /** @param database what messages call it */
    public PgOutbox(String database, PgSessions sessions) {
        this.database = database;
        this.line = new PgLine(sessions, SessionSettings.control("nightshift/notify"));
    }

    @Override
    public Future<Optional<Sight>> look(Receiver receiver) {
        return line.with(
                        DOING,
                        connection -> lock(connection, receiver.name())
                                .compose(mineNow ->
                                        mineNow ? there(connection, receiver) : Future.succeededFuture(false)))
                .compose(there -> there ? sight(receiver).map(Optional::of) : Future.succeededFuture(Optional.empty()));
    }

    /** A session has its locks until it ends. */
    private Future<Boolean> lock(PgConnection connection, String receiver) {
        if (locked != connection) {
            locked = connection;
            mine.clear();
            enrolled.clear();
        }
        if (mine.contains(receiver)) {
            return Future.succeededFuture(true);
        }
        return connection.preparedQuery(LOCK).execute(Tuple.of(receiver)).map(rows -> {
            boolean taken = rows.iterator().next().getBoolean("mine");
            if (taken) {
                mine.add(receiver);
            }
            return taken;
        });
    }

    private Future<Boolean> there(PgConnection connection, Receiver receiver) {
        if (enrolled.contains(receiver.name())) {
            return Future.succeededFuture(true);
        }
        return connection.preparedQuery(JOURNAL).execute().compose(rows -> {
            if (!rows.iterator().next().getBoolean("there")) {
                before = true;
                return Future.succeededFuture(false);
            }
            return connection
                    .preparedQuery(ENROL)
                    .execute(Tuple.of(receiver.name(), before))
                    .onSuccess(v -> enrolled.add(receiver.name()))
                    .map(true);
        });
    }

    private Future<Sight> sight(Receiver receiver) {
        return line.ask(DOING, STANDING, Tuple.of(receiver.name())).compose(rows -> {
            Row standing = rows.iterator().next();
            long upto = Optional.ofNullable(standing.getLong("upto")).orElse(0L);
            return line.ask(DOING, FRESH, Tuple.of(receiver.name(), upto, kinds(receiver)))
                    .compose(fresh -> line.ask(DOING, DUE, Tuple.of(receiver.name()))
                            .map(due -> sight(standing, upto, fresh, due)));
        });
    }

    private static String[] kinds(Receiver receiver) {
        List<String> kinds = new ArrayList<>(KINDS);
        receiver.on().stream()
                .map(one -> one.word())
                .filter(word -> !kinds.contains(word))
                .forEach(kinds::add);
        return kinds.toArray(String[]::new);
    }

    private Sight sight(Row standing, long upto, RowSet<Row> fresh, RowSet<Row> due) {
        List<Occurrence> occurrences = new ArrayList<>();
        fresh.forEach(row -> OutboxRows.occurrence(row).ifPresent(occurrences::add));
        List<Notification> notifications = new ArrayList<>();
        due.forEach(row -> notifications.add(OutboxRows.notification(row, database)));
        Map<RunId, Integer> flaps = new HashMap<>();
        standing.getJsonObject("flaps")
                .forEach(one -> flaps.put(new RunId(one.getKey()), ((Number) one.getValue()).intValue()));
        return new Sight(standing.getOffsetDateTime("now").toInstant(), upto, occurrences, flaps, notifications);
    }

    @Override
    public Future<Void> decide(Receiver receiver, Decision decision) {
        List<Occurrence> all = new ArrayList<>();
        List<Long> toldAs = new ArrayList<>();
        List<String> states = new ArrayList<>();
        decision.messages()
                .forEach(message -> message.all().forEach(one -> {
                    all.add(one);
                    toldAs.add(message.last().id());
                    states.add("due");
                }));
        decision.passedOver().forEach(one -> {
            all.add(one);
            toldAs.add(one.id());
            states.add("passed-over");
        });
        Tuple values = Tuple.of(
                receiver.name(),
                all.stream().map(Occurrence::id).toArray(Long[]::new),
                all.stream().map(one -> one.run().text()).toArray(String[]::new),
                all.stream()
                        .map(one -> OffsetDateTime.ofInstant(one.at(), ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                all.stream().map(one -> one.happening().word()).toArray(String[]::new),
                toldAs.toArray(Long[]::new));
        values.addArrayOfString(states.toArray(String[]::new)).addLong(decision.upto());
        return line.ask("writing down what is to be told", DECIDE, values).mapEmpty();
    }

    @Override
    public Future<Void> ended(Receiver receiver, Notification message, End end, String answer) {
        Tuple values = Tuple.of(receiver.name(), message.run(), OutboxRows.number(message), answer);
        String doing = "writing down what became of a message";
        return switch (end) {
            case TOLD -> line.ask(doing, TOLD, values).mapEmpty();
            case GIVEN_UP ->
                line.ask(doing, GIVEN_UP, values.addString(untold(message, answer)))
                        .mapEmpty();
        };
    }

    private static String untold(Notification message, String answer) {
        return "was not told of " + message.happening().word() + " (event " + OutboxRows.number(message) + "): "
                + answer;
    }

    @Override
    public Future<Void> close() {
        return line.close();
    }
}
