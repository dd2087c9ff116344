package dev.nightshift.postgres;

import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Admission;
import dev.nightshift.run.RunId;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.PlannedWindow;
import dev.nightshift.view.QueueView;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads runs from the journal for people; for a thread that may block. A database without a journal has no runs. */
public final class PgRunReader implements RunReader {

    private static final int EVENTS_OF_STATUS = 8;
    private static final int EVENTS_OF_REPORT = 5_000;

    private static final String WHICH = """
            SELECT r.id FROM nightshift.runs r
            ORDER BY (r.ended_at IS NULL AND r.state <> 'planned') DESC, r.state = 'planned', r.created_at DESC LIMIT 1""";

    private static final String RUN = "SELECT " + ViewRows.RUN_COLUMNS + " FROM nightshift.runs r ";

    private static final String STATUS = "SELECT clock_timestamp() AS now, " + ViewRows.RUN_COLUMNS + ", "
            + JournalRows.STEPS_OF_RUN + " AS steps, "
            + JournalRows.HEARTBEAT_OF_RUN + " AS heartbeat, "
            + JournalRows.BACKUP_OF_RUN + " AS backup, "
            + "(SELECT g.glance FROM nightshift.glances g WHERE g.run_id = $1) AS glance, "
            + "(SELECT to_jsonb(l) FROM nightshift.lease l WHERE l.expires_at > '-infinity') AS lease, "
            + JournalRows.FREEZES + " AS freezes, "
            + "(SELECT jsonb_agg(to_jsonb(e) ORDER BY e.id) FROM (" + events("$2") + ") e) AS events "
            + "FROM nightshift.runs r WHERE r.id = $1";

    private static final String PLAN = "SELECT " + JournalRows.RUN_COLUMNS + " FROM nightshift.runs r WHERE r.id = $1";

    private static final String PEAKS = """
            SELECT DISTINCT ON (signal, subject) signal, subject, value, at FROM nightshift.readings
            WHERE run_id = $1 AND signal IN ('replica-lag', 'replica-bytes')
            ORDER BY signal, subject, value DESC""";

    /** A server that was restored to an earlier position meanwhile has no figure to give. */
    private static final String SERVER_WAL = """
            SELECT (w.upto - r.started_lsn)::bigint AS bytes
            FROM nightshift.runs r, LATERAL (SELECT coalesce(r.ended_lsn, CASE WHEN pg_is_in_recovery()
                THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END) AS upto) w
            WHERE r.id = $1 AND w.upto >= r.started_lsn""";

    private static final String BACKUPS =
            "SELECT " + JournalRows.BACKUP + " AS backup FROM nightshift.backups b ORDER BY b.started_at DESC LIMIT $1";

    private static final String ACTIVE = "WHERE r.ended_at IS NULL AND r.state <> 'planned'";

    private final JournalLook journal;
    private final PgQueue queue;

    public PgRunReader(PgLine line) {
        this.journal = new JournalLook(line);
        this.queue = new PgQueue(line);
    }

    @Override
    public Optional<StatusView> status(Optional<RunId> run) {
        return run.or(this::which)
                .flatMap(id -> rows("reading the run's status", STATUS, Tuple.of(id.text(), EVENTS_OF_STATUS)).stream()
                        .findFirst())
                .map(ViewRows::status);
    }

    @Override
    public List<RunView> runs(int most) {
        return rows("listing the runs", RUN + "ORDER BY r.created_at DESC LIMIT $1", Tuple.of(most)).stream()
                .map(ViewRows::run)
                .toList();
    }

    @Override
    public QueueView queue() {
        List<Row> active = rows("looking for the active run", RUN + ACTIVE, Tuple.tuple());
        List<Row> planned = rows("reading the queue", RUN + "WHERE r.state = 'planned'", Tuple.tuple());
        if (planned.isEmpty()) {
            return new QueueView(active.stream().findFirst().map(ViewRows::run), List.of());
        }
        Map<RunId, RunView> views = new HashMap<>();
        planned.forEach(row -> {
            RunView view = ViewRows.run(row);
            views.put(view.id(), view);
        });
        Admission admission = Patiently.done("reading the queue", queue.look());
        return new QueueView(
                active.stream().findFirst().map(ViewRows::run),
                admission.places().stream()
                        .filter(place ->
                                views.containsKey(place.submission().run().id()))
                        .map(place -> waits(place, views))
                        .toList());
    }

    private static QueueView.Waits waits(Admission.Place place, Map<RunId, RunView> views) {
        RunView view = Objects.requireNonNull(views.get(place.submission().run().id()));
        return new QueueView.Waits(view, place.submission().priority(), place.waits());
    }

    @Override
    public List<EventView> events(RunId run, int most) {
        List<EventView> events =
                new ArrayList<>(rows("reading the run's history", events("$2"), Tuple.of(run.text(), most)).stream()
                        .map(ViewRows::event)
                        .toList());
        Collections.reverse(events);
        return events;
    }

    @Override
    public Optional<RunSummary> summary(RunId run) {
        Optional<StatusView> status = status(Optional.of(run));
        if (status.isEmpty()) {
            return Optional.empty();
        }
        GuardSettings guards = guards(run);
        List<RunSummary.Peak> peaks = rows("reading the peaks", PEAKS, Tuple.of(run.text())).stream()
                .map(row -> ViewRows.peak(row, guards))
                .toList();
        return Optional.of(ViewRows.summary(status.get(), events(run, EVENTS_OF_REPORT), peaks, serverWal(run)));
    }

    @Override
    public List<BackupView> backups(int most) {
        return rows("listing the backups", BACKUPS, Tuple.of(most)).stream()
                .map(row -> ViewRows.backup(row.getJsonObject("backup")))
                .toList();
    }

    private Optional<RunId> which() {
        return rows("looking for a run", WHICH, Tuple.tuple()).stream()
                .findFirst()
                .map(row -> new RunId(row.getString("id")));
    }

    private OptionalLong serverWal(RunId run) {
        return rows("reading the WAL of the server", SERVER_WAL, Tuple.of(run.text())).stream()
                .mapToLong(row -> row.getLong("bytes"))
                .findFirst();
    }

    /** The limits under which the run worked. */
    private GuardSettings guards(RunId run) {
        return rows("reading the run's plan", PLAN, Tuple.of(run.text())).stream()
                .findFirst()
                .map(JournalRows::run)
                .flatMap(PlannedWindow::plan)
                .map(Plan::guards)
                .orElse(GuardSettings.DEFAULTS);
    }

    private static String events(String most) {
        return "SELECT id, at, kind, subject, message FROM nightshift.events WHERE run_id = $1 ORDER BY id DESC LIMIT "
                + most;
    }

    private List<Row> rows(String doing, String sql, Tuple values) {
        return journal.rows(doing, sql, values);
    }
}
