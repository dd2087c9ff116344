package dev.nightshift.cli.screen;

import dev.nightshift.drive.BackupRecord;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.GlanceTaker;
import dev.nightshift.view.PlannedWindow;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.SupervisorView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Builds a run's status from what its supervisor announces, without asking the database again. */
public final class LiveStatus {

    private static final int EVENTS = 8;
    private static final int LEASE_SECONDS = 10;

    private final String database;
    private final String who;
    private final Instant began;
    private final GlanceTaker glances = new GlanceTaker();
    private final PlannedWindow window = new PlannedWindow();
    private final Deque<EventView> events = new ArrayDeque<>();
    private Optional<RunState> state = Optional.empty();
    private Instant since;

    /**
     * @param database its name
     * @param who supervises, {@code user@host}
     */
    public LiveStatus(String database, String who, Instant began) {
        this.database = database;
        this.who = who;
        this.began = began;
        this.since = began;
    }

    public EventView happened(Event event, Instant at) {
        EventView line = new EventView(0, at, event.kind(), event.subject(), event.message());
        events.addLast(line);
        if (events.size() > EVENTS) {
            events.removeFirst();
        }
        return line;
    }

    public StatusView ticked(Tick tick) {
        RunRecord run = tick.run();
        if (!state.equals(Optional.of(run.state()))) {
            state = Optional.of(run.state());
            since = tick.at();
        }
        return new StatusView(
                tick.at(),
                run(run),
                tick.report().steps(),
                tick.report().heartbeat(),
                Optional.of(glances.take(tick.judgement(), tick.at())),
                tick.report().backup().map(backup -> backup(run, backup)),
                window.of(run, tick.at()),
                Optional.of(new SupervisorView(who, tick.at().plusSeconds(LEASE_SECONDS))),
                List.copyOf(events),
                tick.report().freezes(),
                tick.outlook());
    }

    private RunView run(RunRecord run) {
        return new RunView(
                run.id(),
                run.planName(),
                run.planHash(),
                database,
                run.state(),
                since,
                began,
                Optional.of(began),
                run.state().isEnd() ? Optional.of(since) : Optional.empty(),
                who);
    }

    private static BackupView backup(RunRecord run, BackupRecord backup) {
        return new BackupView(
                backup.id(),
                run.id().text(),
                backup.kind(),
                backup.state().name().toLowerCase(Locale.ROOT),
                backup.location(),
                backup.verification(),
                backup.bytes(),
                backup.walSince(),
                backup.startedAt(),
                backup.verifiedAt(),
                backup.failure().map(explanation -> explanation.what()));
    }
}
