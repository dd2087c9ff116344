package dev.nightshift;

import dev.nightshift.announce.Answer;
import dev.nightshift.announce.Outbox;
import dev.nightshift.announce.Telling;
import dev.nightshift.announce.Tidings;
import dev.nightshift.cli.Notifying;
import dev.nightshift.drive.Cadence;
import dev.nightshift.http.courier.HttpCourier;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.ServeSettings.Served;
import dev.nightshift.postgres.EventLoops;
import dev.nightshift.postgres.PgOutbox;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.view.Notification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Tells receivers what happens in databases, on an event loop and over connections of its own: no tick waits for it. */
final class LocalNotifying implements Notifying {

    /** An answer takes ten seconds at most, and there may be one that is waited for already. */
    private static final long PATIENCE_TO_LEAVE_SECONDS = 6;

    private final Map<String, String> environment;

    LocalNotifying(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Begun begin(List<Receiver> receivers, DatabaseUrl url, Tidings tidings) {
        return begin(receivers, List.of(new Served(url.database(), url)), database -> tidings);
    }

    /** @param tidings of each database, by its name */
    Ongoing begin(List<Receiver> receivers, List<Served> databases, Function<String, Tidings> tidings) {
        Vertx vertx = EventLoops.create();
        HttpCourier courier = new HttpCourier(vertx, environment, Instant::now);
        try {
            receivers.forEach(courier::check);
        } catch (RuntimeException e) {
            courier.close();
            vertx.close();
            throw e;
        }
        Ongoing telling = new Ongoing(vertx, courier, new ArrayList<>(), new ArrayList<>());
        for (Served database : databases) {
            PgSessions sessions = PgSessions.of(vertx, database.url(), environment);
            Outbox outbox = new PgOutbox(database.name(), sessions);
            telling.outboxes().add(outbox);
            for (Receiver receiver : receivers) {
                telling.each()
                        .add(new Telling(
                                receiver,
                                outbox,
                                courier,
                                tidings.apply(database.name()),
                                System::nanoTime,
                                new SecureRandom()));
            }
        }
        vertx.runOnContext(v ->
                telling.each().forEach(one -> one.begin(new Cadence(vertx, System::nanoTime, late -> {}))));
        return telling;
    }

    @Override
    public Answer send(Receiver receiver, Notification message) {
        Vertx vertx = EventLoops.create();
        try (HttpCourier courier = new HttpCourier(vertx, environment, Instant::now)) {
            courier.check(receiver);
            return Waiting.on(courier.send(receiver, message));
        } finally {
            Waiting.on(vertx.close());
        }
    }

    /** What is told by this process. */
    record Ongoing(Vertx vertx, HttpCourier courier, List<Telling> each, List<Outbox> outboxes) implements Begun {

        @Override
        public int leave() {
            try {
                return left().toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE_TO_LEAVE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            } catch (ExecutionException | TimeoutException e) {
                // The journal has what is left; whoever tells next goes on.
                return 1;
            } finally {
                courier.close();
                vertx.close();
            }
        }

        private Future<Integer> left() {
            Promise<Integer> left = Promise.promise();
            vertx.runOnContext(v -> {
                List<Future<Integer>> all = each.stream().map(Telling::leave).toList();
                Future.join(all)
                        .map(done -> all.stream().mapToInt(Future::result).sum())
                        .compose(count -> Future.join(
                                        outboxes.stream().map(Outbox::close).toList())
                                .transform(closed -> Future.succeededFuture(count)))
                        .onComplete(left);
            });
            return left.future();
        }
    }
}
