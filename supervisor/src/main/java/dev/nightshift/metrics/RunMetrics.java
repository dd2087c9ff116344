package dev.nightshift.metrics;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.http.Exposed;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import dev.nightshift.view.PlannedWindow;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
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
    private final WorkMetrics work;
    private final GuardMetrics guards;
    private final ReplicaMetrics replicas;
    private final DoubleConsumer heartbeat;
    private final DoubleConsumer leader;
    private final DoubleConsumer started;
    private final Spans spans = new Spans();
    private Optional<RunRecord> known = Optional.empty();
    private volatile Instant tickedAt = Instant.MIN;

    /**
     * @param database its name
     * @param version of this program
     */
    public RunMetrics(String plan, String database, String version, Supplier<Instant> now) {
        this(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), plan, database, version, now);
    }

    RunMetrics(PrometheusMeterRegistry registry, String plan, String database, String version, Supplier<Instant> now) {
        this.registry = registry;
        this.now = now;
        this.board = new Board(registry, plan, database);
        this.state = new StateMetrics(board);
        this.work = new WorkMetrics(board);
        this.guards = new GuardMetrics(board);
        this.replicas = new ReplicaMetrics(board);
        this.heartbeat = board.gauge("loop.heartbeat.timestamp.seconds", "When the supervising loop went round last");
        this.leader = board.gauge("supervisor.leader", "1 while this process holds the database's lease");
        this.started = board.gauge("run.start.timestamp.seconds", "When this process began to supervise the run");
        leader.accept(0);
        board.gauge(
                        "supervisor.build.info",
                        "Which program this is",
                        "version",
                        version,
                        "java",
                        Runtime.version().toString())
                .accept(1);
    }

    @Override
    public void happened(RunRecord run, Event event) {}

    @Override
    public void ticked(Tick tick) {
        if (known.isEmpty()) {
            begun(tick);
        }
        double seconds = spans.since(tick);
        state.see(tick, seconds);
        work.see(tick);
        guards.see(tick, seconds);
        replicas.see(tick);
        leader.accept(tick.run().state().isEnd() ? 0 : 1);
        tickedAt = now.get();
    }

    private void begun(Tick tick) {
        known = Optional.of(tick.run());
        started.accept(tick.at().toEpochMilli() / 1000.0);
        String id = tick.run().id().text();
        board.gauge(
                        "run.info",
                        "Which run this is",
                        "run",
                        id,
                        "plan_hash",
                        tick.run().planHash())
                .accept(1);
        guards.limits(board, PlannedWindow.plan(tick.run()).map(Plan::guards).orElse(GuardSettings.DEFAULTS));
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
        heartbeat.accept(now.get().toEpochMilli() / 1000.0);
    }
}
