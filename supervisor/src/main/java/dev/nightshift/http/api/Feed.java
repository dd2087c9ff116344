package dev.nightshift.http.api;

import dev.nightshift.http.api.Book.Pages;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Answers questions about one database from memory: each is put to the database once in a while, however many ask it,
 * and only so many different ones a second. Used from one event loop.
 */
final class Feed {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** A page that shows everything about a run asks seven questions a second. */
    private static final int MOST_A_SECOND = 30;

    /** The connection answers one question after the other; who would wait behind so many is told so. */
    private static final int MOST_WAITING = 50;

    private static final int MOST_KEPT = 1_000;

    private final Book book;
    private final LongSupplier nanos;
    private final Map<Object, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Answer> eldest) {
            return size() > MOST_KEPT;
        }
    };
    private long secondBegan;
    private int askedInSecond;

    private int inFlight;

    private record Answer(long asked, Future<?> value) {

        boolean stands(long now, Duration fresh) {
            long young = value.failed() ? SECOND : fresh.toNanos();
            return !value.isComplete() || now - asked < young;
        }
    }

    Feed(Book book, LongSupplier nanos) {
        this.book = book;
        this.nanos = nanos;
        this.secondBegan = nanos.getAsLong();
    }

    String database() {
        return book.database();
    }

    /**
     * The answer to a question, no older than {@code fresh}. Fails with {@link Problem.Raised} when too many different
     * questions were asked.
     *
     * @param key equal for the same question, which always has an answer of the same type
     */
    <T> Future<T> ask(Object key, Duration fresh, Function<Pages, T> question) {
        long now = nanos.getAsLong();
        Answer known = answers.get(key);
        if (known != null && known.stands(now, fresh)) {
            return typed(known.value());
        }
        if (!mayAsk(now)) {
            return Future.failedFuture(Problem.BUSY.raised());
        }
        if (inFlight >= MOST_WAITING) {
            return Future.failedFuture(Problem.LATE.raised());
        }
        Future<T> value = counted(book.ask(question));
        answers.put(key, new Answer(now, value));
        return value;
    }

    /** Past the memory: for what is written, or must be seen as it is now. */
    <T> Future<T> askNow(Function<Pages, T> question) {
        return inFlight >= MOST_WAITING ? Future.failedFuture(Problem.LATE.raised()) : counted(book.ask(question));
    }

    Future<String> submit(Book.Entry entry) {
        return book.submit(entry);
    }

    Future<Void> close() {
        return book.close();
    }

    /** What was read before a command may not show what the command did. */
    void forget() {
        answers.clear();
    }

    private <T> Future<T> counted(Future<T> asked) {
        inFlight++;
        return asked.onComplete(v -> inFlight--);
    }

    private boolean mayAsk(long now) {
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            askedInSecond = 0;
        }
        return ++askedInSecond <= MOST_A_SECOND;
    }

    @SuppressWarnings("unchecked")
    private static <T> Future<T> typed(Future<?> value) {
        return (Future<T>) value;
    }
}
