package dev.nightshift.drive;

import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Trouble;
import dev.nightshift.time.Backoff;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one database until it is told to leave: looks once a second for a run without a supervisor, supervises it
 * until it has ended, and looks on. A database that is away is asked again after a pause that grows.
 */
public final class StandingWatch {

    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));

    /** Who is told. */
    public interface Told {

        /** Something happened that is in no run's history. */
        void happened(Event event);

        /** Whether the database answered when it was looked at. */
        void reached(boolean answers);
    }

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Cadence cadence;
    private final Turns turns;
    private final Post post;
    private final Told told;
    private final RandomGenerator random;
    private int failures;
    private @Nullable String trouble;
    private boolean myTurn;
    private boolean leaving;

    /**
     * @param cadence of the looks, not of a supervised run's ticks
     * @param turns of all databases of this process
     */
    public StandingWatch(Cadence cadence, Turns turns, Post post, Told told, RandomGenerator random) {
        this.cadence = cadence;
        this.turns = turns;
        this.post = post;
        this.told = told;
        this.random = random;
    }

    /** Begins to look. */
    public void begin() {
        begin(Duration.ZERO);
    }

    private void begin(Duration first) {
        cadence.begin(first, this::look);
    }

    /** Looks no more, and lets go of what is under supervision. */
    public Future<Void> leave() {
        leaving = true;
        return post.leave();
    }

    private Future<Boolean> look() {
        if (leaving) {
            return Future.succeededFuture(false);
        }
        if (!post.isConnected() && !myTurn) {
            myTurn = true;
            begin(turns.take());
            return Future.succeededFuture(false);
        }
        myTurn = false;
        return Future.succeededFuture().compose(v -> post.look()).transform(looked -> {
            told.reached(looked.succeeded());
            if (looked.failed()) {
                away(looked.cause());
                return Future.succeededFuture(false);
            }
            looked.result().ifPresentOrElse(this::supervise, this::back);
            return Future.succeededFuture(looked.result().isEmpty());
        });
    }

    private void supervise(RunId run) {
        if (leaving) {
            return;
        }
        told.happened(
                new Event("taking-over", run.text(), "run " + run + " has no supervisor; it is supervised here now"));
        Future.succeededFuture().compose(v -> post.supervise(run)).onComplete(this::ended);
    }

    private void ended(AsyncResult<RunRecord> supervised) {
        if (supervised.succeeded()) {
            back();
            RunRecord run = supervised.result();
            told.happened(new Event(
                    "let-go",
                    run.id().text(),
                    "run " + run.id() + " is " + run.state().word()));
            begin(PERIOD);
        } else if (supervised.cause() instanceof Superseded other) {
            told.happened(new Event("superseded", "", String.valueOf(other.getMessage())));
            begin(PERIOD);
        } else {
            away(supervised.cause());
        }
    }

    private void away(Throwable cause) {
        failures++;
        String what = what(cause);
        if (!leaving && !what.equals(trouble)) {
            trouble = what;
            told.happened(new Event("trouble", "", what));
        }
        begin(PAUSES.after(failures, random));
    }

    private void back() {
        if (trouble != null) {
            told.happened(new Event("back", "", "well again after " + failures + " vain tries"));
        }
        trouble = null;
        failures = 0;
    }

    private static String what(Throwable cause) {
        Optional<Trouble> known = cause instanceof Trouble trouble ? Optional.of(trouble) : Optional.empty();
        return known.map(one ->
                        one.explanation().what() + "; " + one.explanation().todo())
                .orElseGet(() -> "a defect: " + cause);
    }
}
