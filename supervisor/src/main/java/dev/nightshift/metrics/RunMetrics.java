package dev.nightshift.metrics;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Past;
import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.http.Exposed;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import dev.nightshift.view.PlannedWindow;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/** The metrics of the run that this process supervises. */
public final class RunMetrics implements Announcer, Exposed {

    private static final Duration LATELY = Duration.ofSeconds(15);

    private final PrometheusMeterRegistry registry;
    private final Supplier<Instant> now;
    private final Board board;
    private final StateMetrics state;
    private final AbortMetrics aborts;
    private final BackupMetrics backup;
    private final WindowMetrics window;
    private final WorkMetrics work;
    private final GuardMetrics guards;
    private final ReplicaMetrics replicas;
    private final DoubleConsumer heartbeat;
    private final DoubleConsumer leader;
    private final DoubleConsumer supervised;
    private final DoubleConsumer started;
    private final Spans spans = new Spans();
    private Optional<RunRecord> known = Optional.empty();
    private volatile Instant tickedAt = Instant.MIN;

    /**
     * @param database its name
     * @param version of this program
     */
    public RunMetrics(String plan, String database, String version, Supplier<Instant> now) {
        this(MachineMetrics.registry(version), plan, database, now);
    }

    /** One of several in a registry that others show things in as well. */
    RunMetrics(PrometheusMeterRegistry registry, String plan, String database, Supplier<Instant> now) {
        this.registry = registry;
        this.now = now;
        this.board = new Board(registry, plan, database);
        this.state = new StateMetrics(board);
        this.aborts = new AbortMetrics(board);
        this.backup = new BackupMetrics(board);
        this.window = new WindowMetrics(board);
        this.work = new WorkMetrics(board);
        this.guards = new GuardMetrics(board);
        this.replicas = new ReplicaMetrics(board);
        this.heartbeat = board.gauge("loop.heartbeat.timestamp.seconds", "When the supervising loop went round last");
        this.leader = board.gauge("supervisor.leader", "1 while this process holds the database's lease");
        this.supervised = board.gauge("run.supervised", "1 while some process holds the database's lease");
        this.started = board.gauge("run.start.timestamp.seconds", "When the run was begun");
        leader.accept(0);
    }

    /** Counts what these are told; each is shown from now on. */
    public NotificationMetrics tells(List<String> receivers) {
        return new NotificationMetrics(registry, receivers);
    }

    @Override
    public void began(Past past) {
        know(past.run(), past.createdAt());
        state.see(past);
        aborts.see(past);
        backup.see(past);
        work.see(past);
        window.see(past.freezes());
    }

    @Override
    public void happened(RunRecord run, Event event) {}

    @Override
    public void ticked(Tick tick) {
        know(tick.run(), tick.at());
        double seconds = spans.since(tick);
        state.see(tick, seconds);
        aborts.see(tick);
        backup.see(tick);
        work.see(tick);
        window.see(tick.report().freezes());
        if (tick.run().state().isEnd()) {
            rest();
        } else {
            window.see(tick);
            guards.see(tick, seconds);
            replicas.see(tick);
            leader.accept(1);
            supervised.accept(1);
        }
        tickedAt = now.get();
    }

    /** Another process supervises the run, or none does: only what the journal has is shown. */
    void idle(Past past) {
        began(past);
        rest();
        supervised.accept(past.supervised() ? 1 : 0);
    }

    private void rest() {
        leader.accept(0);
        supervised.accept(0);
        window.rest();
        work.rest();
        guards.rest();
        replicas.rest();
    }

    private void know(RunRecord run, Instant begun) {
        if (known.isPresent()) {
            return;
        }
        known = Optional.of(run);
        started.accept(Board.epoch(begun));
        board.gauge("run.info", "Which run this is", "run", run.id().text(), "plan_hash", run.planHash())
                .accept(1);
        Optional<Plan> plan = PlannedWindow.plan(run);
        plan.ifPresent(backup::expects);
        plan.ifPresent(window::follows);
        guards.limits(board, plan.map(Plan::guards).orElse(GuardSettings.DEFAULTS));
    }

    boolean isOf(RunRecord run) {
        return known.map(seen -> seen.id().equals(run.id())).orElse(false);
    }

    /** Shows nothing of this run any more. */
    void clear() {
        board.clear();
    }

    @Override
    public String metrics() {
        return registry.scrape();
    }

    @Override
    public boolean isReady() {
        Instant last = tickedAt;
        return !last.equals(Instant.MIN) && Duration.between(last, now.get()).compareTo(LATELY) < 0;
    }

    @Override
    public void beat() {
        heartbeat.accept(Board.epoch(now.get()));
    }
}
