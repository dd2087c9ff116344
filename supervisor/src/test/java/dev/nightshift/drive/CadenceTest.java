package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CadenceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> late = new CopyOnWriteArrayList<>();
    private final Cadence cadence = new Cadence(vertx, nanos::get, late::add);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void tells_of_each_round_how_late_it_began() {
        cadence.begin(Duration.ZERO, () -> {
            nanos.addAndGet(Duration.ofMillis(2_700).toNanos());
            return Future.succeededFuture(late.size() < 3);
        });

        Await.until("three rounds", PATIENCE, () -> late.size() == 3);
        assertThat(late).containsExactly(Duration.ZERO, Duration.ofMillis(1_700), Duration.ofMillis(1_700));
    }

    @Test
    void never_goes_round_while_the_round_before_is_under_way() {
        Promise<Boolean> first = Promise.promise();
        cadence.begin(Duration.ZERO, () -> late.size() == 1 ? first.future() : Future.succeededFuture(false));
        Await.until("the first round", PATIENCE, () -> late.size() == 1);
        CadenceTest other = new CadenceTest();
        other.cadence.begin(Duration.ZERO, () -> {
            other.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return Future.succeededFuture(true);
        });
        Await.until("ten rounds elsewhere", PATIENCE, () -> other.late.size() >= 10);
        assertThat(late).hasSize(1);

        first.complete(true);
        Await.until("the second round", PATIENCE, () -> late.size() == 2);
        other.vertx.close();
    }
}
