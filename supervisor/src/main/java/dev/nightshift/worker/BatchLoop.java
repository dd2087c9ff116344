package dev.nightshift.worker;

import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.guards.pace.BatchOutcome;
import dev.nightshift.guards.pace.BatchSizer;
import dev.nightshift.guards.pace.WalBucket;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Trouble;
import dev.nightshift.time.Backoff;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Tidied;
import dev.nightshift.worker.Walks.Tidying;
import dev.nightshift.worker.Walks.Walk;
import java.time.Duration;
import java.util.Optional;

/** One batch after the other: how many rows, how soon, and what to do when one gives way. */
final class BatchLoop {

    private static final int FIRST_ROWS = 500;
    private static final Backoff GAVE_WAY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final Backoff LOST = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));

    /** A database that is away for longer is left to a fresh process. */
    private static final int MOST_REOPENS = 30;

    /** Connections lost by one batch after the other with none committed: it may be the batch that ends the server. */
    static final int MOST_LOST = 8;

    private static final Duration SAYS_EVERY = Duration.ofMillis(250);

    private static final Duration PACE_POLL = Duration.ofSeconds(1);

    private final WalkStep step;
    private final Walk walk;
    private final Workplace place;
    private final PaceMeter meter = new PaceMeter(System.nanoTime());
    private BatchSizer sizer;
    private WalBucket bucket;
    private int visited;
    private volatile int batchRows;
    private int gaveWay;
    private long saidAt = System.nanoTime() - SAYS_EVERY.toNanos();
    private int lost;

    /** @param end where it ended; when rows were left matching, in the batch that found them */
    record Pass(Position end, long changed, long leftMatching, String example) {}

    BatchLoop(WalkStep step, Walk walk, Workplace place) {
        this.step = step;
        this.walk = walk;
        this.place = place;
        this.visited = Math.min(FIRST_ROWS, step.batch().rows());
        this.sizer = BatchSizer.starting(visited, step.batch().time());
        this.bucket = WalBucket.starting(rate(place.pulse().standing()), System.nanoTime());
        place.pulse().pace(() -> meter.at(System.nanoTime(), batchRows));
    }

    /** Until nothing of the pass is left, or a batch left rows matching. */
    Pass pass(Position from) {
        Position position = from;
        while (!position.exhausted()) {
            awaitPace();
            int rows = Math.min(sizer.rows(bucket.rate()), step.batch().rows());
            say(position);
            long begun = System.nanoTime();
            BatchResult result = walk.batch(position, rows, sizer.walBytes(bucket.rate()));
            if (result instanceof BatchResult.Done done) {
                visited = done.visited();
                committed(done, Duration.ofNanos(System.nanoTime() - begun));
                if (done.still() > 0) {
                    return new Pass(done.position(), done.changed(), done.still(), done.example());
                }
                position = done.position();
            } else {
                position = afterNothing(result, position);
            }
        }
        return new Pass(position, 0, 0, "");
    }

    /** So that a count, which reads everything at once, finds nothing to tidy. */
    void tidy() {
        Tidying tidying = walk.tidying();
        Optional<Tidied> part;
        int tries = 0;
        do {
            awaitPace();
            place.awaitPermit("tidy " + step.walked());
            place.pulse().now("reads " + step.walked() + " once, which prunes its pages");
            part = tidying.next(sizer.walBytes(bucket.rate()));
            bucket = bucket.at(System.nanoTime(), rate(place.pulse().standing()))
                    .spent(part.map(Tidied::walBytes).orElse(0L));
            tries = part.map(Tidied::gaveWay).orElse(false) ? tries + 1 : 0;
            place.pause(tries == 0 ? Duration.ZERO : GAVE_WAY.after(tries, place.random()));
        } while (part.isPresent());
    }

    private Position afterNothing(BatchResult result, Position position) {
        if (result instanceof BatchResult.GaveWay way) {
            giveWay(way);
            return position;
        } else if (result instanceof BatchResult.NotPermitted) {
            batchRows = 0;
            Standing standing = place.awaitPermit("go on with " + step.name());
            bucket = WalBucket.starting(rate(standing), System.nanoTime());
            return position;
        } else if (result instanceof BatchResult.Lost cut) {
            reopen(cut.why());
        }
        Position now = walk.position();
        lost = now.equals(position) ? lost : 0;
        return now;
    }

    private void committed(BatchResult.Done done, Duration took) {
        long now = System.nanoTime();
        gaveWay = 0;
        lost = 0;
        sizer = sizer.after(new BatchOutcome(visited, (int) done.changed(), took, done.walBytes()));
        bucket = bucket.at(now, place.pacing().now(done.walRate()).rate()).spent(done.walBytes());
        place.pacing().moved();
        meter.batch(now, done.changed(), done.walBytes(), took);
        place.pulse().batch(took);
        batchRows = visited;
    }

    private void giveWay(BatchResult.GaveWay way) {
        gaveWay++;
        sizer = sizer.halved();
        place.pulse().now("gave way " + gaveWay + (gaveWay == 1 ? " time" : " times") + ": " + way.to());
        batchRows = sizer.rows(bucket.rate());
        place.pause(GAVE_WAY.after(gaveWay, place.random()));
    }

    /** Never inside a transaction; looks again each second, since the permitted pace may have changed. */
    private void awaitPace() {
        place.endIfAsked();
        long wait = bucket.waitNanos(System.nanoTime());
        while (wait > 0) {
            place.pause(Duration.ofNanos(Math.min(wait, PACE_POLL.toNanos())));
            long now = System.nanoTime();
            bucket = bucket.at(now, mayWrite() ? rate(place.pulse().standing()) : 0);
            wait = bucket.waitNanos(now);
        }
    }

    private void reopen(String why) {
        lost++;
        if (lost >= MOST_LOST) {
            throw new Permanent(new Explanation(
                    lost + " connections in a row ended in a batch, last: " + why,
                    "updating " + step.table(),
                    "as the last committed batch left it; rows and cursor agree",
                    "look in the server's log for what ends them, then nightshift retry"));
        }
        for (int failures = 1; ; failures++) {
            place.pulse().now("connects again: " + why);
            place.pause(LOST.after(failures, place.random()));
            try {
                walk.reopen();
                return;
            } catch (Trouble e) {
                if (failures == MOST_REOPENS) {
                    throw e;
                }
            }
        }
    }

    /** A beat tells only the last of what is said within a second. */
    private void say(Position position) {
        long now = System.nanoTime();
        if (gaveWay == 0 && now - saidAt >= SAYS_EVERY.toNanos()) {
            saidAt = now;
            String sweep = position.sweep() == 0 ? "" : ", sweep " + position.sweep();
            place.pulse().now("batches of " + visited + " rows of " + step.walked() + ", " + walk.words() + sweep);
        }
    }

    private boolean mayWrite() {
        return place.mandate() == Mandate.ABORT || place.pulse().standing().permitted();
    }

    private double rate(Standing standing) {
        Allowance allowed = place.pacing().now(standing.walRate());
        if (!allowed.why().isEmpty()) {
            place.pulse().now("waits: " + allowed.why());
        }
        return allowed.rate();
    }
}
