package dev.nightshift.drive;

import dev.nightshift.guards.guard.Probe;
import dev.nightshift.guards.reading.Reading;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** A question of a plan, as readings. */
final class AskedProbe {

    /** Beyond the question's own timeout, for what lies between it and us. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Probe probe;
    private final Asked<Double> asked;

    AskedProbe(Probe probe, Question question) {
        this.probe = probe;
        this.asked = new Asked<>(
                () -> question.ask().compose(AskedProbe::finite),
                probe.timeout().plus(GRACE));
    }

    void ask(long nanos) {
        asked.ask(nanos);
    }

    List<Reading> readings(Instant at, long nanos) {
        String signal = probe.kind().key();
        Asked.Known<Double> known = asked.known(nanos);
        OptionalDouble value = known.answer().map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        return List.of(
                new Reading(signal, probe.name(), value, known.why(), at),
                Reading.of(Reading.failuresOf(signal), probe.name(), known.failures(), at));
    }

    private static Future<Double> finite(double value) {
        return Double.isFinite(value)
                ? Future.succeededFuture(value)
                : Future.failedFuture(new IllegalStateException("the answer is " + value));
    }
}
