package dev.nightshift.drive;

import dev.nightshift.run.Parked;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Trouble;
import dev.nightshift.run.Unclear;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets a driver tick once a second until its run needs no supervisor any more. */
public final class SupervisionLoop {

    private static final long PERIOD_MILLIS = 1_000;
    private static final long TELL_AGAIN = Duration.ofMinutes(1).toNanos();

    private final Vertx vertx;
    private final RunDriver driver;
    private final Ports ports;
    private final Times times;
    private final Predicate<RunRecord> enough;
    private final Promise<RunRecord> end = Promise.promise();
    private boolean leaving;
    private @Nullable String told;
    private long toldAt;

    /**
     * @param enough when to stop supervising before the run's end
     */
    public SupervisionLoop(Vertx vertx, RunDriver driver, Ports ports, Times times, Predicate<RunRecord> enough) {
        this.vertx = vertx;
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
                    || (parked && underWay.get() && run.state().holders().isEmpty());
        };
    }

    /**
     * Supervises until the run has ended or {@code enough} says so.
     *
     * <p>Fails with {@link Superseded} when another supervisor took over, and with what could not be expected. While
     * the database does not answer it goes on trying: the permit has run out by itself.
     */
    public Future<RunRecord> run(Optional<String> doubt) {
        begin(driver.takeOver(doubt), doubt);
        return end.future();
    }

    private void begin(Future<RunRecord> takenOver, Optional<String> doubt) {
        takenOver.onComplete(taken -> {
            if (taken.succeeded()) {
                tick();
                return;
            }
            failed(taken.cause());
            vertx.setTimer(PERIOD_MILLIS, id -> {
                if (goesOn()) {
                    begin(ports.lease().keep().compose(v -> driver.takeOver(doubt)), doubt);
                }
            });
        });
    }

    /** Ends the supervision at the next tick; the run stays where it is and its worker parks. */
    public Future<Void> leave() {
        leaving = true;
        return driver.letGo().onComplete(gone -> end.tryComplete(driver.run()));
    }

    private void tick() {
        long started = times.nanos().getAsLong();
        driver.tick().onComplete(ticked -> {
            if (!goesOn()) {
                return;
            }
            if (ticked.failed()) {
                failed(ticked.cause());
            } else if (driver.isOver() || (driver.isSettled() && enough.test(ticked.result()))) {
                ports.lease().release().onComplete(v -> end.tryComplete(driver.run()));
            } else {
                told = null;
            }
            if (!end.future().isComplete()) {
                long took = (times.nanos().getAsLong() - started) / 1_000_000;
                vertx.setTimer(Math.max(1, PERIOD_MILLIS - took), id -> again());
            }
        });
    }

    private void again() {
        if (goesOn()) {
            tick();
        }
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
