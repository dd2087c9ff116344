package dev.nightshift;

import dev.nightshift.cli.Serving.Told;
import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Cadence;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.StandingWatch;
import dev.nightshift.drive.Turns;
import dev.nightshift.metrics.ServiceMetrics;
import dev.nightshift.plan.ServeSettings.Served;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The databases that are looked after, each in a context of its own, so that none waits for another. Used from one event
 * loop.
 */
final class Roster {

    /** A permit lasts five seconds, and a third of that is what a late tick may cost. */
    private static final Duration WORTH_TELLING = Duration.ofMillis(1_500);

    private static final long COUNT_MILLIS = 10_000;

    private final Vertx vertx;
    private final Map<String, String> environment;
    private final Workforce workforce;
    private final ServiceMetrics metrics;
    private final Told told;
    private final Turns turns = new Turns(System::nanoTime);
    private final Map<Served, String> deployed = new LinkedHashMap<>();

    Roster(Vertx vertx, Map<String, String> environment, Workforce workforce, ServiceMetrics metrics, Told told) {
        this.vertx = vertx;
        this.environment = environment;
        this.workforce = workforce;
        this.metrics = metrics;
        this.told = told;
    }

    /** Those that are looked after now. */
    List<Served> all() {
        return List.copyOf(deployed.keySet());
    }

    /** Begins to look after one. */
    Future<Void> add(Served one) {
        metrics.add(one.name());
        return vertx.deployVerticle(watched(one))
                .onSuccess(id -> deployed.put(one, id))
                .mapEmpty();
    }

    /** Lets go of one: the worker of a run that is under supervision parks, and the lease is given back. */
    Future<Void> remove(Served one) {
        String id = deployed.remove(one);
        return id == null
                ? Future.succeededFuture()
                : vertx.undeploy(id).transform(v -> {
                    metrics.remove(one.name());
                    return Future.succeededFuture();
                });
    }

    /** Lets go of all at once. */
    Future<Void> leave() {
        List<Future<Void>> all = new ArrayList<>();
        deployed.values().forEach(id -> all.add(vertx.undeploy(id)));
        deployed.clear();
        return Future.join(all).mapEmpty();
    }

    private VerticleBase watched(Served served) {
        String name = served.name();
        Site site = new Site(vertx, served.url(), environment);
        Beat beat = new Beat(name, metrics, told);
        ServedDatabase database = new ServedDatabase(
                site,
                "serve " + ProcessHandle.current().pid(),
                run -> new Surveillance(
                        new SqlReadingChild(ChildProcess.of(site), run.id()),
                        Announcer.all(told.runs(name), metrics.run(name, run)),
                        workforce,
                        beat::began),
                past -> metrics.idle(name, past));
        StandingWatch watch = new StandingWatch(
                new Cadence(vertx, System::nanoTime, beat::began), turns, database, beat, new SecureRandom());
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                watch.begin();
                vertx.setPeriodic(
                        COUNT_MILLIS, id -> database.waiting().onSuccess(waiting -> metrics.queued(name, waiting)));
                return Future.succeededFuture();
            }

            @Override
            public Future<?> stop() {
                return watch.leave();
            }
        };
    }

    /** Tells the log and the metrics about one database. */
    private record Beat(String database, ServiceMetrics metrics, Told told) implements StandingWatch.Told {

        void began(Duration late) {
            metrics.began(database, late);
            if (late.compareTo(WORTH_TELLING) > 0) {
                String text = "a tick began %.1f s late".formatted(late.toMillis() / 1000.0);
                told.happened(database, new Event("late", "", text));
            }
        }

        @Override
        public void happened(Event event) {
            told.happened(database, event);
        }

        @Override
        public void reached(boolean answers) {
            metrics.reached(database, answers);
        }
    }
}
