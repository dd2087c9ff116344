package dev.nightshift.announce;

import dev.nightshift.announce.Outbox.End;
import dev.nightshift.announce.Tidings.Outcome;
import dev.nightshift.drive.Cadence;
import dev.nightshift.plan.Receiver;
import dev.nightshift.time.Backoff;
import dev.nightshift.view.Notification;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells one receiver what happens in one database, from the journal and in its order: at least once, each time under the
 * same id. A receiver that cannot be reached is tried again after pauses that grow, until a message is too old. Used from
 * one event loop; nothing waits for it.
 */
public final class Telling {

    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    /** So far the journal may be looked through without that being written down. */
    private static final long WORTH_WRITING = 1_000;

    private final Receiver receiver;
    private final Outbox outbox;
    private final Courier courier;
    private final Tidings tidings;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private int failures;
    private long notBefore;
    private @Nullable String told;
    private boolean leaving;
    private Future<Integer> round = Future.succeededFuture(0);

    public Telling(
            Receiver receiver,
            Outbox outbox,
            Courier courier,
            Tidings tidings,
            LongSupplier nanos,
            RandomGenerator random) {
        this.receiver = receiver;
        this.outbox = outbox;
        this.courier = courier;
        this.tidings = tidings;
        this.nanos = nanos;
        this.random = random;
        this.notBefore = nanos.getAsLong();
    }

    /** Looks once a second from now on, and tells. */
    public void begin(Cadence cadence) {
        cadence.begin(Duration.ZERO, () -> leaving ? Future.succeededFuture(false) : begun().map(left -> !leaving));
    }

    /** Tells what there is to tell, once more, and ends; answers how many messages are left to whoever comes next. */
    public Future<Integer> leave() {
        leaving = true;
        return round.transform(v -> round());
    }

    private Future<Integer> begun() {
        round = round();
        return round;
    }

    /** Answers how many messages are due after it; a database that is away is asked again. */
    Future<Integer> round() {
        return outbox.look(receiver)
                .compose(found -> found.isEmpty() ? Future.succeededFuture(0) : see(found.get()))
                .otherwise(0);
    }

    private Future<Integer> see(Sight sight) {
        Decision decision = Folding.of(receiver, sight);
        boolean behind = decision.upto() - sight.upto() > WORTH_WRITING;
        if (!decision.isEmpty() || behind) {
            Future<Void> written = outbox.decide(receiver, decision);
            return decision.isEmpty() ? written.compose(v -> deliver(sight)) : written.compose(v -> round());
        }
        return deliver(sight);
    }

    private Future<Integer> deliver(Sight sight) {
        return sight.due().isEmpty() || nanos.getAsLong() < notBefore
                ? Future.succeededFuture(sight.due().size())
                : deliver(sight.due(), sight.now());
    }

    /** One after the other; what one cannot be told keeps those behind it waiting. */
    private Future<Integer> deliver(List<Notification> due, Instant now) {
        if (due.isEmpty()) {
            return Future.succeededFuture(0);
        }
        Notification first = due.get(0);
        List<Notification> rest = due.subList(1, due.size());
        return courier.send(receiver, first).compose(answer -> switch (answer.kind()) {
            case TAKEN -> taken(first, answer).compose(v -> deliver(rest, now));
            case NEVER -> giveUp(first, "refused: " + answer.words()).compose(v -> deliver(rest, now));
            case LATER -> later(due, now, answer);
        });
    }

    private Future<Void> taken(Notification message, Answer answer) {
        tidings.attempted(receiver.name(), Outcome.TOLD);
        if (told != null) {
            tidings.trouble(receiver.name(), "is told again after " + failures + " vain tries");
        }
        told = null;
        failures = 0;
        return outbox.ended(receiver, message, End.TOLD, answer.words());
    }

    private Future<Integer> later(List<Notification> due, Instant now, Answer answer) {
        tidings.attempted(receiver.name(), Outcome.FAILED);
        failures++;
        Duration pause = answer.after()
                .filter(wanted -> wanted.compareTo(LONGEST_PAUSE) < 0)
                .orElse(answer.after().isPresent() ? LONGEST_PAUSE : PAUSES.after(failures, random));
        notBefore = nanos.getAsLong() + pause.toNanos();
        if (!answer.words().equals(told)) {
            told = answer.words();
            tidings.trouble(receiver.name(), "cannot be told: " + answer.words() + "; it is tried again");
        }
        return giveUpOld(due, now, answer.words());
    }

    private Future<Integer> giveUpOld(List<Notification> due, Instant now, String words) {
        Instant oldest = now.minus(receiver.giveUpAfter());
        List<Notification> old =
                due.stream().filter(one -> one.at().isBefore(oldest)).toList();
        Future<Void> all = Future.succeededFuture();
        for (Notification one : old) {
            all = all.compose(v -> giveUp(one, words));
        }
        return all.map(due.size() - old.size());
    }

    private Future<Void> giveUp(Notification message, String words) {
        tidings.attempted(receiver.name(), Outcome.GIVEN_UP);
        tidings.trouble(
                receiver.name(),
                "is not told that run " + message.run() + " came to "
                        + message.happening().word() + ": " + words);
        return outbox.ended(receiver, message, End.GIVEN_UP, words);
    }
}
