package dev.nightshift.metrics;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Past;
import dev.nightshift.http.Exposed;
import dev.nightshift.run.RunRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The metrics of a standing supervisor: how punctual it is and which databases it reaches, and those of the last run of
 * each database. Used from one event loop.
 */
public final class ServiceMetrics implements Exposed {

    private final PrometheusMeterRegistry registry;
    private final Supplier<Instant> now;
    private final Map<String, Watched> databases = new HashMap<>();
    private final Map<String, RunMetrics> runs = new HashMap<>();

    private record Watched(Timer lateness, AtomicBoolean reachable, AtomicInteger waiting, List<Meter> meters) {}

    /** @param version of this program */
    public ServiceMetrics(String version, Supplier<Instant> now) {
        this.registry = MachineMetrics.registry(version);
        this.now = now;
    }

    /** Counts what these are told; each is shown from now on. */
    public NotificationMetrics tells(List<String> receivers) {
        return new NotificationMetrics(registry, receivers);
    }

    /** From now on there is something to show of this database. */
    public void add(String database) {
        Timer lateness = Timer.builder("nightshift.tick.lateness")
                .description("How late the looks and ticks of a database began")
                .tag("database", database)
                .register(registry);
        AtomicBoolean answers = new AtomicBoolean();
        Gauge reachable = Gauge.builder("nightshift.database.reachable", answers, reached -> reached.get() ? 1 : 0)
                .description("1 while the database answers")
                .tag("database", database)
                .register(registry);
        AtomicInteger waiting = new AtomicInteger();
        Gauge queued = Gauge.builder("nightshift.queued.runs", waiting, AtomicInteger::get)
                .description("Runs that wait in the queue of the database")
                .tag("database", database)
                .register(registry);
        databases.put(database, new Watched(lateness, answers, waiting, List.of(lateness, reachable, queued)));
    }

    /** Nothing is shown of this database any more. */
    public void remove(String database) {
        Optional.ofNullable(databases.remove(database))
                .ifPresent(watched -> watched.meters().forEach(registry::remove));
        Optional.ofNullable(runs.remove(database)).ifPresent(RunMetrics::clear);
    }

    /** So many runs wait in the queue. */
    public void queued(String database, int waiting) {
        watched(database).ifPresent(one -> one.waiting().set(waiting));
    }

    /** A look or a tick began so late. */
    public void began(String database, Duration late) {
        watched(database).ifPresent(one -> one.lateness().record(late));
    }

    /** The database answered, or did not. */
    public void reached(String database, boolean answers) {
        watched(database).ifPresent(one -> one.reachable().set(answers));
    }

    /** Keeps the metrics of this run up to date, in the place of those of the run before. */
    public Announcer run(String database, RunRecord run) {
        RunMetrics before = runs.remove(database);
        if (before != null) {
            before.clear();
        }
        RunMetrics metrics = new RunMetrics(registry, run.planName(), database, now);
        runs.put(database, metrics);
        return metrics;
    }

    /** This process looks on: what the journal has of the database's newest run is shown, and nothing that moves. */
    public void idle(String database, Past past) {
        RunMetrics shown = runs.get(database);
        if (shown == null || !shown.isOf(past.run())) {
            run(database, past.run());
        }
        Objects.requireNonNull(runs.get(database), database).idle(past);
    }

    /** Empty for one that was let go of a moment ago. */
    private Optional<Watched> watched(String database) {
        return Optional.ofNullable(databases.get(database));
    }

    @Override
    public String metrics() {
        return registry.scrape();
    }

    /** A database that is away must not take the others' supervisor out of service. */
    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void beat() {
        runs.values().forEach(RunMetrics::beat);
    }
}
