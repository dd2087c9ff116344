package dev.nightshift;

import dev.nightshift.cli.Cli;
import dev.nightshift.cli.Serving;
import dev.nightshift.drive.Event;
import dev.nightshift.http.MetricsServer;
import dev.nightshift.http.api.ApiServer;
import dev.nightshift.metrics.ServiceMetrics;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.PlanProblem;
import dev.nightshift.plan.ServeReading;
import dev.nightshift.plan.ServeSettings;
import dev.nightshift.plan.ServeSettings.Served;
import dev.nightshift.postgres.EventLoops;
import dev.nightshift.postgres.PgSessions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Looks after the databases of the settings on one event loop, and follows the settings as they change. */
final class LocalServing implements Serving {

    /** A worker has five seconds to park; then it is killed, and that takes no time. */
    private static final long PATIENCE_TO_LEAVE_SECONDS = 8;

    private static final long LOOK_AT_SETTINGS_MILLIS = 2_000;

    private final Vertx vertx;
    private final Map<String, String> environment;

    LocalServing(Vertx vertx, Map<String, String> environment) {
        this.vertx = vertx;
        this.environment = environment;
    }

    @Override
    public void serve(ServeSettings settings, Supplier<Optional<ServeReading>> later, Told told) {
        List<Served> all = settings.databases();
        ServiceMetrics metrics = new ServiceMetrics(Cli.version(), Instant::now);
        settings.metricsPort()
                .ifPresent(port -> told.metricsAt(MetricsServer.listen(vertx, port, metrics, System::nanoTime)
                        .port()));
        Optional<Api> api = settings.api().map(where -> api(where, told));
        Workforce workforce = ClusterWorkforce.of(vertx, settings.kubernetes(), environment);
        Roster roster = new Roster(vertx, environment, workforce, metrics, told);
        Messengers messengers = new Messengers(environment, metrics, told);
        Following following = new Following(vertx, settings, roster, api, messengers, told);
        Waiting.on(onLoop(() -> following.add(all)));
        messengers.follow(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(roster, api, messengers), "leave"));
        told.happened("", new Event("serving", "", "looking after " + all.size() + " databases"));
        onLoop(() -> {
            lookLater(later, following);
            return Future.succeededFuture();
        });
        forEver();
    }

    /** The API, on a Vert.x of its own, so that its clients have another event loop than the ticks. */
    private record Api(Vertx vertx, ApiServer server, Map<String, String> environment) {

        JournalBook book(Served one) {
            return new JournalBook(
                    vertx,
                    one.name(),
                    PgSessions.of(vertx, one.url(), environment),
                    new PlanTaking(new ChildProcess(one.url())));
        }
    }

    private Api api(ApiSettings settings, Told told) {
        Vertx own = EventLoops.create();
        ApiServer server = ApiServer.listen(
                own, settings, List.of(), System::nanoTime, text -> told.happened("", new Event("api", "", text)));
        told.apiAt(settings, server.port());
        return new Api(own, server, environment);
    }

    private void lookLater(Supplier<Optional<ServeReading>> later, Following following) {
        vertx.setTimer(
                LOOK_AT_SETTINGS_MILLIS,
                id -> vertx.executeBlocking(later::get)
                        .compose(changed -> changed.map(following::follow).orElseGet(Future::succeededFuture))
                        .onComplete(v -> lookLater(later, following)));
    }

    /** What is served, after the settings. */
    private static final class Following {

        private final Vertx vertx;
        private final Roster roster;
        private final Optional<Api> api;
        private final Messengers messengers;
        private final Told told;
        private ServeSettings settings;

        Following(
                Vertx vertx,
                ServeSettings settings,
                Roster roster,
                Optional<Api> api,
                Messengers messengers,
                Told told) {
            this.vertx = vertx;
            this.messengers = messengers;
            this.settings = settings;
            this.roster = roster;
            this.api = api;
            this.told = told;
        }

        /** Settings with a mistake change nothing. */
        Future<Void> follow(ServeReading reading) {
            if (reading.settings().isEmpty()) {
                reading.problems().stream()
                        .map(PlanProblem::toString)
                        .forEach(problem -> tell("nothing was changed: " + problem));
                return Future.succeededFuture();
            }
            ServeSettings now = reading.settings().get();
            List<Served> gone = new ArrayList<>(settings.databases());
            gone.removeAll(now.databases());
            List<Served> come = new ArrayList<>(now.databases());
            come.removeAll(settings.databases());
            if (!now.metricsPort().equals(settings.metricsPort()) || !now.api().equals(settings.api())) {
                tell("`metrics` and `api` stay as they were: they are read when the process starts");
            }
            boolean retold = !now.receivers().equals(settings.receivers()) || !gone.isEmpty() || !come.isEmpty();
            settings = new ServeSettings(
                    now.databases(), settings.metricsPort(), settings.api(), now.receivers(), settings.kubernetes());
            return tells(now, retold)
                    .compose(v -> remove(gone))
                    .compose(v -> add(come))
                    .onSuccess(v -> told(come, gone, now));
        }

        /** A receiver that cannot be told is no reason to look after anything else. */
        private Future<Void> tells(ServeSettings now, boolean changed) {
            return !changed
                    ? Future.succeededFuture()
                    : vertx.executeBlocking(() -> {
                                messengers.follow(now);
                                return now;
                            })
                            .onFailure(failure -> tell("who is told stays as it was: " + failure.getMessage()))
                            .transform(v -> Future.succeededFuture());
        }

        Future<Void> add(List<Served> come) {
            Future<Void> all = Future.succeededFuture();
            for (Served one : come) {
                all = all.compose(v -> roster.add(one)).compose(v -> page(one));
            }
            return all;
        }

        private Future<Void> page(Served one) {
            return api.map(open -> open.server().add(open.book(one))).orElseGet(Future::succeededFuture);
        }

        private Future<Void> remove(List<Served> gone) {
            List<Future<Void>> all = new ArrayList<>();
            for (Served one : gone) {
                all.add(roster.remove(one)
                        .compose(v -> api.map(open -> open.server().remove(one.name()))
                                .orElseGet(Future::succeededFuture)));
            }
            return Future.join(all).mapEmpty();
        }

        private void told(List<Served> come, List<Served> gone, ServeSettings now) {
            gone.forEach(one -> told.happened(one.name(), new Event("settings", "", "no longer looked after")));
            come.forEach(one -> told.happened(one.name(), new Event("settings", "", "looked after from now on")));
            tell("read again: looking after " + now.databases().size() + " databases");
        }

        private void tell(String text) {
            told.happened("", new Event("settings", "", text));
        }
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        Promise<T> result = Promise.promise();
        vertx.getOrCreateContext().runOnContext(v -> work.get().onComplete(result));
        return result.future();
    }

    /** SIGTERM and Ctrl-C: each worker parks and each lease is given back. */
    private void leave(Roster roster, Optional<Api> api, Messengers messengers) {
        api.ifPresent(open -> open.server().close());
        try {
            onLoop(roster::leave)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_TO_LEAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Permits run out by themselves, and workers park when their pipe to this process ends.
            return;
        } finally {
            messengers.leave();
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
