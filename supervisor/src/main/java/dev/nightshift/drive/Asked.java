package dev.nightshift.drive;

import dev.nightshift.guards.guard.Unit;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One question that is asked again and again, and what was answered last; an answer may come on any thread. */
final class Asked<T> {

    private final Supplier<Future<T>> question;
    private final Duration patience;
    private @Nullable T answer;
    private String why = "no answer yet";
    private int failures;
    private boolean asking;
    private long askedNanos;

    /**
     * What is known at one moment.
     *
     * @param answer the last one; empty when it failed, is overdue or has never come
     * @param why there is none, or empty
     * @param failures how many questions in a row had no answer
     */
    record Known<T>(Optional<T> answer, String why, int failures) {}

    /** An answer that takes longer than {@code patience} makes the one before unknown. */
    Asked(Supplier<Future<T>> question, Duration patience) {
        this.question = question;
        this.patience = patience;
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
        Future.succeededFuture().compose(v -> question.get()).onComplete(this::answered, this::failed);
    }

    private synchronized void answered(T given) {
        asking = false;
        answer = given;
        failures = 0;
        why = "";
    }

    private synchronized void failed(Throwable cause) {
        asking = false;
        answer = null;
        failures++;
        why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    synchronized Known<T> known(long nanos) {
        Duration open = asking ? Duration.ofNanos(nanos - askedNanos) : Duration.ZERO;
        return open.compareTo(patience) > 0
                ? new Known<>(Optional.empty(), "no answer for " + Unit.text(open), failures)
                : new Known<>(Optional.ofNullable(answer), why, failures);
    }
}
