package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Transient;
import dev.nightshift.sandbox.Await;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandingWatchTest {

    private static final RunId RUN = new RunId("7f3kmq");
    private static final RunRecord DONE =
            new RunRecord(RUN, "orders", "0123abcd", "", "/plans/orders.yaml", 9, new Succeeded());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Turns turns = new Turns(System::nanoTime);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A database that answers what a test wants. */
    private static final class FakePost implements Post, StandingWatch.Told {
        final AtomicInteger looks = new AtomicInteger();
        final List<String> told = new CopyOnWriteArrayList<>();
        final List<Boolean> reached = new CopyOnWriteArrayList<>();
        volatile Future<Optional<RunId>> answer = Future.succeededFuture(Optional.empty());
        final Promise<RunRecord> supervised = Promise.promise();
        volatile boolean connected = true;
        final AtomicInteger left = new AtomicInteger();

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public Future<Optional<RunId>> look() {
            looks.incrementAndGet();
            return answer;
        }

        @Override
        public Future<RunRecord> supervise(RunId run) {
            answer = Future.succeededFuture(Optional.empty());
            return supervised.future();
        }

        @Override
        public Future<Void> leave() {
            left.incrementAndGet();
            return Future.succeededFuture();
        }

        @Override
        public void happened(Event event) {
            told.add(event.kind());
        }

        @Override
        public void reached(boolean answers) {
            reached.add(answers);
        }

        void awaitLooks(int more) {
            int wanted = looks.get() + more;
            Await.until(wanted + " looks", PATIENCE, () -> looks.get() >= wanted);
        }
    }

    private StandingWatch watch(FakePost post) {
        Cadence cadence = new Cadence(vertx, System::nanoTime, late -> {});
        StandingWatch watch = new StandingWatch(cadence, turns, post, post, new Random(7));
        vertx.getOrCreateContext().runOnContext(v -> watch.begin());
        return watch;
    }

    @Test
    void looks_again_and_again_and_says_nothing_while_no_run_is_active() {
        FakePost post = new FakePost();
        watch(post);

        post.awaitLooks(3);
        assertThat(post.told).isEmpty();
        assertThat(post.reached).isNotEmpty().containsOnly(true);
    }

    @Test
    void supervises_the_run_that_it_finds_and_looks_on_when_that_has_ended() {
        FakePost post = new FakePost();
        post.answer = Future.succeededFuture(Optional.of(RUN));
        watch(post);

        Await.until("it is supervised", PATIENCE, () -> post.told.contains("taking-over"));
        int looks = post.looks.get();
        post.supervised.complete(DONE);
        Await.until("it looks on", PATIENCE, () -> post.looks.get() > looks);
        assertThat(looks).as("looks until the run had ended").isEqualTo(1);
        assertThat(post.told).containsExactly("taking-over", "let-go");
    }

    @Test
    void looks_on_when_another_supervisor_has_the_lease() {
        FakePost post = new FakePost();
        post.answer = Future.succeededFuture(Optional.of(RUN));
        post.supervised.fail(new Superseded("ann@desk holds the lease"));
        watch(post);

        post.awaitLooks(2);
        assertThat(post.told).containsExactly("taking-over", "superseded");
    }

    @Test
    void a_database_that_is_away_is_tried_again_and_told_once_and_disturbs_no_other() {
        FakePost away = new FakePost();
        away.answer = Future.failedFuture(
                new Transient(new Explanation("no answer", "looking", "unchanged", "look at the network")));
        FakePost silent = new FakePost();
        silent.answer = Promise.<Optional<RunId>>promise().future();
        FakePost well = new FakePost();
        watch(away);
        watch(silent);
        watch(well);

        away.awaitLooks(2);
        well.awaitLooks(1);
        assertThat(away.told).containsExactly("trouble");
        assertThat(away.reached).containsOnly(false);
        assertThat(well.looks.get()).isGreaterThan(away.looks.get());
        assertThat(silent.looks).hasValue(1);

        away.answer = Future.succeededFuture(Optional.empty());
        Await.until("it is back", PATIENCE, () -> away.told.contains("back"));
        assertThat(away.told).containsExactly("trouble", "back");
    }

    @Test
    void databases_that_were_cut_off_together_are_connected_to_one_after_another() {
        Turns own = new Turns(() -> 0);

        assertThat(own.take()).isZero();
        assertThat(own.take()).isEqualTo(Duration.ofMillis(101));
        assertThat(own.take()).isEqualTo(Duration.ofMillis(202));
        FakePost post = new FakePost();
        post.connected = false;
        watch(post);
        post.awaitLooks(2);
    }

    @Test
    void a_defect_in_supervising_is_told_and_the_run_tried_again() {
        FakePost post = new FakePost();
        post.answer = Future.succeededFuture(Optional.of(RUN));
        post.supervised.fail(new IllegalStateException("broken"));
        watch(post);

        post.awaitLooks(2);
        assertThat(post.told).contains("trouble");
    }

    @Test
    void looks_no_more_once_it_has_left() {
        FakePost post = new FakePost();
        StandingWatch watch = watch(post);
        FakePost other = new FakePost();
        watch(other);
        post.awaitLooks(1);

        watch.leave();
        int looks = post.looks.get();
        other.awaitLooks(3);
        assertThat(post.looks.get()).isLessThanOrEqualTo(looks + 1);
        assertThat(post.left).hasValue(1);
    }
}
