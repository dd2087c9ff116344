package dev.nightshift.drive;

import dev.nightshift.run.Holder;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Trouble;
import dev.nightshift.run.Unclear;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets a driver tick once a second until its run needs no supervisor any more. */
public final class SupervisionLoop {

    private static final long TELL_AGAIN = Duration.ofMinutes(1).toNanos();

    private final Cadence cadence;
    private final RunDriver driver;
    private final Ports ports;
    private final Times times;
    private final Predicate<RunRecord> enough;
    private final Promise<RunRecord> end = Promise.promise();
    private boolean takenOver;
    private boolean leaving;
    private @Nullable String told;
    private long toldAt;

    /**
     * @param enough when to stop supervising before the run's end
     */
    public SupervisionLoop(Cadence cadence, RunDriver driver, Ports ports, Times times, Predicate<RunRecord> enough) {
        this.cadence = cadence;
        this.driver = driver;
        this.ports = ports;
        this.times = times;
        this.enough = enough;
    }

    /**
     * True once a run waits for a person or has parked until its next window: nothing a foreground supervisor can do. A
     * run that was parked already is waited for, since whoever resumes it wants it to go on.
     */
    public static Predicate<RunRecord> parksOrUnclear() {
        AtomicBoolean underWay = new AtomicBoolean();
        return run -> {
            boolean parked = run.state() instanceof Parked;
            underWay.compareAndSet(false, !parked);
            return run.state() instanceof Unclear
                    || (parked
                            && underWay.get()
                            && run.state().holders().without(Holder.Kind.WINDOW).isEmpty());
        };
    }

    /**
     * Supervises until the run has ended or {@code enough} says so.
     *
     * <p>Fails with {@link Superseded} when another supervisor took over, and with what could not be expected. While
     * the database does not answer it goes on trying: the permit has run out by itself.
     */
    public Future<RunRecord> run(Optional<String> doubt) {
        cadence.begin(Duration.ZERO, () -> round(doubt));
        return end.future();
    }

    private Future<Boolean> round(Optional<String> doubt) {
        if (!goesOn()) {
            return Future.succeededFuture(false);
        }
        return Future.succeededFuture()
                .compose(v -> takenOver(doubt))
                .compose(v -> driver.tick())
                .transform(ticked -> {
                    if (goesOn()) {
                        see(ticked);
                    }
                    return Future.succeededFuture(goesOn());
                });
    }

    private Future<Void> takenOver(Optional<String> doubt) {
        return takenOver
                ? Future.succeededFuture()
                : ports.lease()
                        .keep()
                        .compose(v -> driver.takeOver(doubt))
                        .onSuccess(v -> takenOver = true)
                        .mapEmpty();
    }

    private void see(AsyncResult<RunRecord> ticked) {
        if (ticked.failed()) {
            failed(ticked.cause());
        } else if (driver.isOver() || (driver.isSettled() && enough.test(ticked.result()))) {
            leaving = true;
            ports.lease().release().onComplete(v -> end.tryComplete(driver.run()));
        } else {
            told = null;
        }
    }

    /** Ends the supervision at the next tick; the run stays where it is and its worker parks. */
    public Future<Void> leave() {
        leaving = true;
        return driver.letGo().onComplete(gone -> end.tryComplete(driver.run()));
    }

    private boolean goesOn() {
        return !end.future().isComplete() && !leaving;
    }

    private void failed(Throwable cause) {
        if (!(cause instanceof Trouble trouble)) {
            end.tryFail(cause);
            return;
        }
        long now = times.nanos().getAsLong();
        String what = trouble.explanation().what();
        if (!what.equals(told) || now - toldAt >= TELL_AGAIN) {
            told = what;
            toldAt = now;
            ports.announcer()
                    .happened(driver.run(), new Event("unreachable", "", what + "; no permit is renewed meanwhile"));
        }
    }
}
