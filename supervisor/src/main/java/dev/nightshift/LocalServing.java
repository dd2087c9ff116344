package dev.nightshift;

import dev.nightshift.announce.Tidings;
import dev.nightshift.cli.Cli;
import dev.nightshift.cli.Serving;
import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Cadence;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.StandingWatch;
import dev.nightshift.drive.Turns;
import dev.nightshift.http.MetricsServer;
import dev.nightshift.http.api.ApiServer;
import dev.nightshift.http.api.Book;
import dev.nightshift.metrics.NotificationMetrics;
import dev.nightshift.metrics.ServiceMetrics;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.ServeSettings;
import dev.nightshift.plan.ServeSettings.Served;
import dev.nightshift.postgres.EventLoops;
import dev.nightshift.postgres.PgSessions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks after many databases on one event loop, each in a context of its own, so that none waits for another. */
final class LocalServing implements Serving {

    /** A worker has five seconds to park; then it is killed, and that takes no time. */
    private static final long PATIENCE_TO_LEAVE_SECONDS = 8;

    /** A permit lasts five seconds, and a third of that is what a late tick may cost. */
    private static final Duration WORTH_TELLING = Duration.ofMillis(1_500);

    private final Vertx vertx;
    private final Map<String, String> environment;

    LocalServing(Vertx vertx, Map<String, String> environment) {
        this.vertx = vertx;
        this.environment = environment;
    }

    @Override
    public void serve(ServeSettings settings, Told told) {
        List<Served> all = settings.databases();
        ServiceMetrics metrics =
                new ServiceMetrics(all.stream().map(Served::name).toList(), Cli.version(), Instant::now);
        settings.metricsPort()
                .ifPresent(port -> told.metricsAt(MetricsServer.listen(vertx, port, metrics, System::nanoTime)
                        .port()));
        Optional<ApiServer> api = settings.api().map(where -> api(where, all, told));
        Turns turns = new Turns(System::nanoTime);
        List<String> deployed = new ArrayList<>();
        for (Served one : all) {
            deployed.add(Waiting.on(vertx.deployVerticle(watched(one, turns, metrics, told))));
        }
        Optional<LocalNotifying.Ongoing> telling = settings.receivers().isEmpty()
                ? Optional.empty()
                : Optional.of(telling(settings.receivers(), all, metrics, told));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(deployed, api, telling), "leave"));
        told.happened("", new Event("serving", "", "looking after " + all.size() + " databases"));
        forEver();
    }

    /** On a Vert.x of its own, so that its clients have another event loop than the ticks. */
    private ApiServer api(ApiSettings settings, List<Served> databases, Told told) {
        Vertx own = EventLoops.create();
        List<Book> books = new ArrayList<>();
        for (Served one : databases) {
            books.add(new JournalBook(own, one.name(), PgSessions.of(own, one.url(), environment)));
        }
        ApiServer server = ApiServer.listen(
                own, settings, books, System::nanoTime, text -> told.happened("", new Event("api", "", text)));
        told.apiAt(settings, server.port());
        return server;
    }

    private LocalNotifying.Ongoing telling(
            List<Receiver> receivers, List<Served> databases, ServiceMetrics metrics, Told told) {
        NotificationMetrics counts =
                metrics.tells(receivers.stream().map(Receiver::name).toList());
        return new LocalNotifying(environment).begin(receivers, databases, database -> new Tidings() {
            @Override
            public void attempted(String receiver, Outcome outcome) {
                counts.attempted(receiver, outcome);
            }

            @Override
            public void trouble(String receiver, String sentence) {
                told.happened(database, new Event("notify", receiver, "receiver " + receiver + " " + sentence));
            }
        });
    }

    private VerticleBase watched(Served served, Turns turns, ServiceMetrics metrics, Told told) {
        String name = served.name();
        Site site = new Site(vertx, served.url(), environment);
        Beat beat = new Beat(name, metrics, told);
        ServedDatabase database = new ServedDatabase(
                site,
                "serve " + ProcessHandle.current().pid(),
                run -> new Surveillance(
                        new SqlReadingChild(ChildProcess.of(site), run.id()),
                        Announcer.all(told.runs(name), metrics.run(name, run)),
                        beat::began),
                past -> metrics.idle(name, past));
        StandingWatch watch = new StandingWatch(
                new Cadence(vertx, System::nanoTime, beat::began), turns, database, beat, new SecureRandom());
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                watch.begin();
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

    /** SIGTERM and Ctrl-C: each worker parks and each lease is given back. */
    private void leave(List<String> deployed, Optional<ApiServer> api, Optional<LocalNotifying.Ongoing> telling) {
        api.ifPresent(ApiServer::close);
        try {
            Future.join(deployed.stream().map(vertx::undeploy).toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_TO_LEAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Permits run out by themselves, and workers park when their pipe to this process ends.
            return;
        } finally {
            telling.ifPresent(LocalNotifying.Ongoing::leave);
        }
    }

    private static void forEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
