package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Probe;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Reading;
import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.Sample;
import dev.nightshift.guards.reading.ServerIdentity;
import dev.nightshift.run.RunId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProbingSensorsTest {

    private static final Probe PROBE = new Probe(
            GuardKind.PROMETHEUS,
            "p99",
            "up",
            "http://localhost",
            Duration.ofSeconds(1),
            new Limits(null, Limit.of(1), null));

    private final Deque<Promise<Double>> asked = new ArrayDeque<>();
    private long nanos;
    private final ProbingSensors sensors = new ProbingSensors(
            run -> Future.succeededFuture(sample()), List.of(PROBE), probe -> this::ask, List.of(), () -> nanos);

    @Test
    void a_sample_does_not_wait_for_an_answer_and_the_next_one_has_it() {
        assertThat(answer().value()).isEmpty();
        assertThat(answer().note()).isEqualTo("no answer yet");
        asked.remove().complete(0.25);

        assertThat(answer().value()).hasValue(0.25);
    }

    @Test
    void the_next_question_is_asked_when_the_last_one_has_ended() {
        read();
        read();
        assertThat(asked).hasSize(1);
        asked.remove().complete(1.0);
        read();
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_failure_is_unknown_at_once_counts_and_is_forgotten_with_the_next_answer() {
        read();
        asked.remove().complete(0.25);
        for (int failures = 1; failures <= 3; failures += 2) {
            read();
            asked.remove().fail("connection refused");
            Sample sample = read();
            assertThat(sample.readings().get(0).value()).isEmpty();
            assertThat(sample.readings().get(0).note()).isEqualTo("connection refused");
            assertThat(sample.readings().get(1).value()).hasValue(failures);
            asked.remove().fail("connection refused");
        }
        read();
        asked.remove().complete(0.5);
        List<Reading> known = read().readings();
        assertThat(known.get(0).value()).hasValue(0.5);
        assertThat(known.get(1).value()).hasValue(0);
    }

    @Test
    void an_answer_that_is_overdue_makes_the_last_one_unknown() {
        read();
        asked.remove().complete(0.25);
        read();
        nanos += Duration.ofMillis(1400).toNanos();
        assertThat(answer().value()).hasValue(0.25);
        nanos += Duration.ofMillis(200).toNanos();
        assertThat(answer().value()).isEmpty();
        assertThat(answer().note()).isEqualTo("no answer for 1.6 s");
    }

    @Test
    void what_is_no_number_is_a_failure() {
        read();
        asked.remove().complete(Double.NaN);
        assertThat(answer().value()).isEmpty();
        assertThat(answer().note()).isEqualTo("the answer is NaN");
    }

    @Test
    void a_question_that_cannot_even_be_asked_is_a_failure() {
        ProbingSensors broken = new ProbingSensors(
                run -> Future.succeededFuture(sample()),
                List.of(PROBE),
                probe -> () -> {
                    throw new IllegalStateException("no such scheme");
                },
                List.of(),
                () -> nanos);

        Reading reading = broken.read(new RunId("7f3kmq")).result().readings().get(0);
        assertThat(reading.value()).isEmpty();
        assertThat(reading.note()).isEqualTo("no such scheme");
    }

    @Test
    void what_other_sensors_see_is_in_the_sample_and_what_they_do_not_see_is_unknown() {
        Deque<Promise<SideSensors.Seen>> standby = new ArrayDeque<>();
        ProbingSensors both = new ProbingSensors(
                run -> Future.succeededFuture(sample()),
                List.of(),
                probe -> this::ask,
                List.of(new Standby(standby)),
                () -> nanos);
        Reading before = both.read(new RunId("7f3kmq")).result().readings().get(0);
        assertThat(before.signal() + " " + before.subject() + " " + before.value() + " " + before.note())
                .isEqualTo("standby standby-a OptionalDouble.empty no answer yet");

        standby.remove()
                .complete(new SideSensors.Seen(
                        List.of(TestRuns.replica("standby-c")),
                        List.of(Reading.of(Reading.STANDBY, "standby-a", 1, Instant.EPOCH))));
        Sample after = both.read(new RunId("7f3kmq")).result();
        assertThat(after.readings()).extracting(Reading::value).containsExactly(OptionalDouble.of(1));
        assertThat(after.replicas()).extracting(ReplicaRow::name).containsExactly("standby-c");
    }

    private record Standby(Deque<Promise<Seen>> asked) implements SideSensors {
        @Override
        public String signal() {
            return Reading.STANDBY;
        }

        @Override
        public String subject() {
            return "standby-a";
        }

        @Override
        public Future<Seen> read() {
            Promise<Seen> promise = Promise.promise();
            asked.add(promise);
            return promise.future();
        }
    }

    private Future<Double> ask() {
        Promise<Double> promise = Promise.promise();
        asked.add(promise);
        return promise.future();
    }

    private Reading answer() {
        return read().readings().get(0);
    }

    private Sample read() {
        return sensors.read(new RunId("7f3kmq")).result();
    }

    private static Sample sample() {
        return new Sample(
                Instant.EPOCH,
                0,
                new Lsn(1),
                new ServerIdentity("1", 1, 5, "here", false),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
