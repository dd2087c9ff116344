package dev.nightshift.drive;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can go wrong with the changes that a driver makes, counted from when a fault was asked for. */
final class Faults {

    private enum Kind {
        NONE,
        CRASH,
        LOST_ANSWER,
        REFUSAL
    }

    private Kind kind = Kind.NONE;
    private int spared;
    private int changes;

    /** The end of the supervisor's process. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The process ends right after the change behind {@code k} others: that one happens, and no later one. */
    void crashAfter(int k) {
        ask(Kind.CRASH, k);
    }

    /** The change behind {@code k} others happens, and nobody is told. */
    void loseAnswerAfter(int k) {
        ask(Kind.LOST_ANSWER, k);
    }

    /** The change behind {@code k} others does not happen, and may be tried again. */
    void refuseAfter(int k) {
        ask(Kind.REFUSAL, k);
    }

    void none() {
        kind = Kind.NONE;
    }

    /** How many changes were tried since a fault was asked for. */
    int changes() {
        return changes;
    }

    /** Carries a change out, unless a fault is in the way. */
    <T extends @Nullable Object> Future<T> change(Supplier<T> change) {
        if (kind == Kind.CRASH && changes > spared) {
            return Future.failedFuture(new Crash());
        }
        changes++;
        boolean now = changes == spared + 1;
        if (now && kind == Kind.REFUSAL) {
            return Future.failedFuture(away());
        }
        T value = change.get();
        if (now && kind == Kind.LOST_ANSWER) {
            return Future.failedFuture(away());
        }
        return now && kind == Kind.CRASH ? Future.failedFuture(new Crash()) : Future.succeededFuture(value);
    }

    private void ask(Kind wanted, int k) {
        kind = wanted;
        spared = k;
        changes = 0;
    }

    private static Transient away() {
        return new Transient(new Explanation("the connection ended", "writing", "as the journal has it", "wait"));
    }
}
