package dev.nightshift.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.announce.Tidings.Outcome;
import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.view.Notification;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TellingTest {

    private static final RunId RUN = new RunId("7f3kmq");

    private final AtomicLong nanos = new AtomicLong();
    private final List<Occurrence> fresh = new ArrayList<>();
    private final List<Notification> due = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-02T01:31:14Z");
    private boolean away;

    private final Telling telling = new Telling(
            Receivers.at("http://127.0.0.1:1/"),
            new Memory(),
            (receiver, message) -> {
                log.add("sent " + message.id());
                return Future.succeededFuture(answers.isEmpty() ? Answer.taken("HTTP 200") : answers.remove());
            },
            new Tidings() {
                @Override
                public void attempted(String receiver, Outcome outcome) {
                    outcomes.add(outcome);
                }

                @Override
                public void trouble(String receiver, String sentence) {
                    log.add(receiver + " " + sentence);
                }
            },
            nanos::get,
            new Random(1));

    @Test
    void what_is_to_be_told_is_written_down_before_it_is_sent_and_told_in_order() {
        happened(Happening.WORKING);
        happened(Happening.FAILED);

        assertThat(telling.round().result()).isZero();

        assertThat(log).containsExactly("decided 2", "sent 7f3kmq-1-x", "told 1", "sent 7f3kmq-2-x", "told 2");
        assertThat(outcomes).containsExactly(Outcome.TOLD, Outcome.TOLD);
    }

    @Test
    void a_receiver_that_is_down_is_asked_again_after_pauses_that_grow_and_nothing_overtakes() {
        happened(Happening.WORKING);
        happened(Happening.FAILED);
        for (int i = 0; i < 3; i++) {
            answers.add(Answer.later("HTTP 503"));
        }

        List<Long> seconds = new ArrayList<>();
        for (int second = 0; second < 60 && !log.contains("told 2"); second++) {
            int before = outcomes.size();
            telling.round();
            if (outcomes.size() > before) {
                seconds.add((long) second);
            }
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }

        assertThat(seconds).hasSize(4).isSorted();
        assertThat(seconds.get(2) - seconds.get(1)).isGreaterThan(seconds.get(1) - seconds.get(0));
        assertThat(log.stream().filter(line -> line.startsWith("sent")))
                .containsExactly(
                        "sent 7f3kmq-1-x", "sent 7f3kmq-1-x", "sent 7f3kmq-1-x", "sent 7f3kmq-1-x", "sent 7f3kmq-2-x");
        assertThat(log.stream().filter(line -> line.startsWith("ops")))
                .containsExactly(
                        "ops cannot be told: HTTP 503; it is tried again", "ops is told again after 3 vain tries");
    }

    @Test
    void a_receiver_says_itself_when_it_wants_to_be_asked_again() {
        happened(Happening.FAILED);
        answers.add(new Answer(Answer.Kind.LATER, "HTTP 429", Optional.of(Duration.ofSeconds(30))));
        telling.round();

        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(telling.round().result()).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(telling.round().result()).isZero();
    }

    @Test
    void what_is_too_old_is_given_up_and_what_is_not_stays() {
        happened(Happening.WORKING);
        now = now.plus(Duration.ofMinutes(59));
        happened(Happening.FAILED);
        now = now.plus(Duration.ofMinutes(2));
        answers.add(Answer.later("nobody answers there"));

        assertThat(telling.round().result()).isEqualTo(1);

        assertThat(log).contains("given up 1: nobody answers there");
        assertThat(outcomes).containsExactly(Outcome.FAILED, Outcome.GIVEN_UP);
    }

    @Test
    void a_message_that_is_refused_keeps_no_other_waiting() {
        happened(Happening.WORKING);
        happened(Happening.FAILED);
        answers.add(Answer.never("HTTP 400: invalid_payload"));

        assertThat(telling.round().result()).isZero();

        assertThat(log).contains("given up 1: refused: HTTP 400: invalid_payload", "told 2");
    }

    @Test
    void a_database_that_is_away_is_asked_again() {
        away = true;
        assertThat(telling.round().succeeded()).isTrue();

        away = false;
        happened(Happening.FAILED);
        telling.round();

        assertThat(log).contains("told 1");
    }

    @Test
    void whoever_leaves_tells_what_happened_last() {
        happened(Happening.SUCCEEDED);

        assertThat(telling.leave().result()).isZero();
        assertThat(log).contains("told 1");
    }

    @Test
    void a_receiver_that_hangs_keeps_no_other_waiting() {
        List<String> heard = new ArrayList<>();
        Memory shared = new Memory();
        Courier courier = (receiver, message) -> {
            heard.add(receiver.name());
            return receiver.name().equals("hangs")
                    ? Promise.<Answer>promise().future()
                    : Future.succeededFuture(Answer.taken("HTTP 200"));
        };
        happened(Happening.FAILED);
        for (String name : new String[] {"hangs", "ops"}) {
            Receiver one = Receivers.with(
                    name, Receivers.at("http://127.0.0.1:1/").url(), Receiver.Format.JSON, Optional.empty());
            new Telling(one, shared, courier, silence(), nanos::get, new Random(1)).round();
        }

        assertThat(heard).containsExactly("hangs", "ops");
    }

    private static Tidings silence() {
        return new Tidings() {
            @Override
            public void attempted(String receiver, Outcome outcome) {}

            @Override
            public void trouble(String receiver, String sentence) {}
        };
    }

    private void happened(Happening happening) {
        long id = fresh.size() + due.size() + 1L;
        fresh.add(new Occurrence(id, RUN, now, happening, happening.word()));
    }

    /** A journal in memory. */
    private final class Memory implements Outbox {

        @Override
        public Future<Optional<Sight>> look(Receiver receiver) {
            return away
                    ? Future.failedFuture(new Transient(new Explanation("no route", "looking", "as it was", "wait")))
                    : Future.succeededFuture(Optional.of(new Sight(now, 0, fresh, Map.of(), due)));
        }

        @Override
        public Future<Void> decide(Receiver receiver, Decision decision) {
            log.add("decided " + decision.messages().size());
            decision.messages().forEach(message -> {
                due.add(notification(message.last()));
                fresh.removeAll(message.all());
            });
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> ended(Receiver receiver, Notification message, End end, String answer) {
            String number = message.id().split("-", -1)[1];
            log.add(end == End.TOLD ? "told " + number : "given up " + number + ": " + answer);
            due.remove(message);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private static Notification notification(Occurrence one) {
        return new Notification(
                one.run() + "-" + one.id() + "-x",
                false,
                one.happening(),
                one.at(),
                "shop",
                one.run().text(),
                "orders",
                one.state(),
                "",
                "because",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                one.at());
    }
}
