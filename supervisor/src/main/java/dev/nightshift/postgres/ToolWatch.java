package dev.nightshift.postgres;

import dev.nightshift.worker.ToolSessions;
import dev.nightshift.worker.Tools.Peer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One tool's sessions: those that bear its name, and those whose client's end is a connection of its processes. What is
 * neither, but has its role and began after it, is named to people and left alone.
 */
final class ToolWatch implements ToolSessions.Watch {

    /** More of them are an application's at work. */
    private static final int MOST_STRANGERS = 5;

    private static final String LOOK = """
            SELECT a.pid, a.backend_start, a.application_name = $1 AS named, a.state = 'active' AS active,
                a.usename = current_user AND NOT starts_with(a.application_name, 'nightshift/') AS of_role,
                host(a.client_addr) AS address, coalesce(a.client_port, -1) AS port,
                format('session %s of %s%s', a.pid, a.usename, ', ' || nullif(a.application_name, '')) AS words
            FROM pg_stat_activity a
            WHERE a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
              AND (a.application_name = $1 OR a.backend_start >= $2 AND NOT starts_with(a.application_name, 'nightshift/'))
            ORDER BY a.backend_start""";

    private static final String CANCEL = """
            SELECT pg_cancel_backend(a.pid) FROM pg_stat_activity a
            WHERE a.state = 'active' AND (a.application_name = $1
                OR (a.pid, a.backend_start) IN (SELECT * FROM unnest($2::integer[], $3::timestamptz[])))""";

    private static final String TERMINATE = """
            SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(a.pid, 1000)) AS left FROM pg_stat_activity a
            WHERE a.pid <> pg_backend_pid() AND (a.application_name = $1
                OR (a.pid, a.backend_start) IN (SELECT * FROM unnest($2::integer[], $3::timestamptz[])))""";

    private final ToolRow row;
    private final ControlLine line;
    private final String step;
    private final String name;
    private final Map<ToolSession.Id, ToolSession> unnamed = new LinkedHashMap<>();
    private final Set<ToolSession.Id> strangers = new HashSet<>();
    private OffsetDateTime since = OffsetDateTime.MAX;

    ToolWatch(ToolRow row, ControlLine line, String step) {
        this.row = row;
        this.line = line;
        this.step = step;
        this.name = row.attempt().sessionName("external");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean leftOpen() {
        return row.sent();
    }

    @Override
    public boolean starting() {
        unnamed.clear();
        strangers.clear();
        since = line.ask("asking the time", "SELECT clock_timestamp() AS at", Tuple.tuple())
                .iterator()
                .next()
                .getOffsetDateTime("at");
        return row.sending();
    }

    @Override
    public void ended() {
        row.ended();
    }

    @Override
    public ToolSessions.Sight look(Set<Peer> connections) {
        List<ToolSession> own = new ArrayList<>();
        int before = unnamed.size();
        for (Row found : line.ask("looking at the tool's sessions", LOOK, Tuple.of(name, since))) {
            ToolSession session = ToolSession.of(found);
            boolean ours = session.named()
                    || unnamed.containsKey(session.id())
                    || session.peer().isAmong(connections);
            if (ours) {
                own.add(session);
                if (!session.named() && unnamed.putIfAbsent(session.id(), session) == null) {
                    note("tool", session.words() + " is the tool's by its connection, though it bears another name");
                }
            } else if (session.ofRole()) {
                tell(session);
            }
        }
        if (unnamed.size() > before) {
            row.remember(List.copyOf(unnamed.values()));
        }
        return new ToolSessions.Sight(own.size(), waitsFor(own), inTheWayOf(own), row.held());
    }

    private void tell(ToolSession stranger) {
        if (strangers.size() < MOST_STRANGERS && strangers.add(stranger.id())) {
            note(
                    "tool",
                    stranger.words()
                            + " began after the tool and cannot be told from it or from others: nobody ends it");
        }
    }

    private String waitsFor(List<ToolSession> own) {
        return own.stream()
                .filter(ToolSession::active)
                .map(session -> Blockers.of(line, session.pid()))
                .filter(blockers -> !blockers.isEmpty())
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private String inTheWayOf(List<ToolSession> own) {
        return own.stream()
                .map(session -> Blockers.behind(line, session.pid()))
                .filter(waiting -> !waiting.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void cancel() {
        line.ask("cancelling the tool's statements", CANCEL, ids());
    }

    @Override
    public boolean terminate() {
        return line.ask("ending the tool's sessions", TERMINATE, ids())
                        .iterator()
                        .next()
                        .getLong("left")
                == 0;
    }

    @Override
    public void note(String kind, String message) {
        row.note(kind, step, message);
    }

    @Override
    public void close() {
        line.close();
    }

    private Tuple ids() {
        return Tuple.tuple()
                .addString(name)
                .addArrayOfInteger(
                        unnamed.keySet().stream().map(ToolSession.Id::pid).toArray(Integer[]::new))
                .addArrayOfOffsetDateTime(unnamed.keySet().stream()
                        .map(ToolSession.Id::backendStart)
                        .toArray(OffsetDateTime[]::new));
    }
}
