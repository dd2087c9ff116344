package dev.nightshift.drive;

import dev.nightshift.guards.guard.Probe;
import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.reading.Reading;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** One question that is asked again and again, and what was answered last; an answer may come on any thread. */
final class AskedProbe {

    /** Beyond the question's own timeout, for what lies between it and us. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Probe probe;
    private final Question question;
    private OptionalDouble answer = OptionalDouble.empty();
    private String why = "no answer yet";
    private int failures;
    private boolean asking;
    private long askedNanos;

    AskedProbe(Probe probe, Question question) {
        this.probe = probe;
        this.question = question;
    }

    /** Asks unless the last question is still open. */
    void ask(long nanos) {
        synchronized (this) {
            if (asking) {
                return;
            }
            asking = true;
            askedNanos = nanos;
        }
        Future.succeededFuture().compose(v -> question.ask()).onComplete(this::answered, this::failed);
    }

    private void answered(double value) {
        if (!Double.isFinite(value)) {
            failed(new IllegalStateException("the answer is " + value));
            return;
        }
        synchronized (this) {
            asking = false;
            answer = OptionalDouble.of(value);
            failures = 0;
            why = "";
        }
    }

    private synchronized void failed(Throwable cause) {
        asking = false;
        answer = OptionalDouble.empty();
        failures++;
        why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** What is known now: the last answer, unless a newer question should have been answered long since. */
    synchronized List<Reading> readings(Instant at, long nanos) {
        String signal = probe.kind().key();
        Duration open = asking ? Duration.ofNanos(nanos - askedNanos) : Duration.ZERO;
        boolean overdue = open.compareTo(probe.timeout().plus(GRACE)) > 0;
        OptionalDouble known = overdue ? OptionalDouble.empty() : answer;
        String note = overdue ? "no answer for " + Unit.text(open) : why;
        return List.of(
                new Reading(signal, probe.name(), known, note, at),
                Reading.of(Reading.failuresOf(signal), probe.name(), failures, at));
    }
}
