package dev.nightshift.guards;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaSet;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.guard.Watch;
import dev.nightshift.guards.pace.BatchOutcome;
import dev.nightshift.guards.pace.BatchSizer;
import dev.nightshift.guards.pace.WalBucket;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.Reading;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A primary with other people's load, a worker that batches under a permit, a link with a rate and a delay, and a
 * standby that replays: in steps of ten milliseconds, judged once a second by a real watch.
 */
public final class Simulation {
    private static final double STEP = 0.01;
    private static final double PERMIT_SECONDS = 5;

    // What a test may set, at any time.
    public double linkRate = 10e6;
    public double linkDelay = 0.001;
    public double replayRate = 200e6;
    public double foreground = 0.5e6;
    public double workerRate = 40e6;
    public double bytesPerRow = 420;
    public boolean samplesFail;
    public boolean tellsOwnShare = true;

    // What it can be asked.
    public double time;
    public double done;
    public double written;
    public int stops;
    public double longestLag;
    public double mostBytesBehind;
    public final List<Double> lags = new ArrayList<>();
    public final List<Judgement> judgements = new ArrayList<>();

    private final Random random;
    private final World world = new World();
    private final World.Standby standby = world.standby("standby-a");
    private final Deque<double[]> history = new ArrayDeque<>();
    private final Deque<double[]> wire = new ArrayDeque<>();
    private Watch watch;
    private BatchSizer sizer = BatchSizer.standard();
    private WalBucket bucket = WalBucket.starting(0, 0);
    private double arrivable;
    private double delivered;
    private double replayed;
    private double permitUntil = -1;
    private double ownCounted;
    private double batchBytes;
    private int batchRows;
    private double batchTakes;
    private double batchLeft;
    private double batchEnds = -1;
    private double nextSample;
    private boolean stopped;

    public Simulation(long seed, GuardSettings settings) {
        random = new Random(seed);
        ReplicaSet.Pinning pinning = ReplicaSet.pin(List.of(world.sample()), DeclaredReplicas.DISCOVER);
        watch = Watch.over(settings, pinning.set());
    }

    /** Goes on until so many bytes are done or the time is over, and calls {@code each} once a second. */
    public Simulation run(double bytes, double seconds, Consumer<Simulation> each) {
        double until = time + seconds;
        while (time < until && done < bytes) {
            step(true);
            if (Math.abs(time - Math.rint(time)) < STEP / 2) {
                each.accept(this);
            }
        }
        return this;
    }

    public Simulation run(double seconds) {
        return run(Double.POSITIVE_INFINITY, seconds, world -> {});
    }

    /** No more batches; how long until the standby has what was written. */
    public double secondsUntilCaughtUp() {
        double from = time;
        double goal = written;
        while (replayed < goal && time < from + 3600) {
            step(false);
        }
        return time - from;
    }

    public Judgement judgement() {
        return watch.judgement();
    }

    public double pace() {
        return watch.judgement().pace().rate();
    }

    /** The true lag: how long ago the primary was where the standby is. */
    public double lag() {
        while (history.size() > 1 && second(history)[1] <= replayed) {
            history.removeFirst();
        }
        return replayed >= written ? 0 : time - history.getFirst()[0];
    }

    public double percentile(double share) {
        List<Double> sorted = lags.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%4.0f s  pace %-10s done %6.0f MB  lag %4.1f s  behind %5.1f MB  rows %5d  %s",
                time,
                watch.judgement().pace().text(),
                done / 1e6,
                lag(),
                (written - replayed) / 1e6,
                sizer.rows(pace()),
                watch.judgement().verdict() + " " + watch.judgement().pace().reasons());
    }

    private void step(boolean working) {
        time += STEP;
        written += foreground * STEP * (0.5 + random.nextDouble());
        work(working);
        ship();
        history.addLast(new double[] {time, written});
        double lag = lag();
        lags.add(lag);
        longestLag = Math.max(longestLag, lag);
        mostBytesBehind = Math.max(mostBytesBehind, written - replayed);
        if (time >= nextSample) {
            sample();
            nextSample = time + 1 + (random.nextDouble() - 0.5) * 0.04;
        }
    }

    private void work(boolean working) {
        if (batchEnds >= 0) {
            double now = Math.min(batchLeft, batchBytes / batchTakes * STEP);
            written += now;
            batchLeft -= now;
            if (time >= batchEnds) {
                finishBatch();
            }
            return;
        }
        if (working && time <= permitUntil && bucket.waitNanos(nanos()) == 0) {
            ownCounted = done;
            batchRows = sizer.rows(bucket.rate());
            batchBytes = batchRows * bytesPerRow * (0.9 + 0.2 * random.nextDouble());
            batchTakes = Math.max(STEP, 0.003 + batchBytes / workerRate * (0.9 + 0.2 * random.nextDouble()));
            batchEnds = time + batchTakes;
            batchLeft = batchBytes;
        }
    }

    private void finishBatch() {
        batchEnds = -1;
        done += batchBytes;
        written += batchLeft;
        bucket = bucket.at(nanos(), bucket.rate()).spent((long) batchBytes);
        sizer = sizer.after(
                new BatchOutcome(batchRows, batchRows, Duration.ofNanos((long) (batchTakes * 1e9)), (long) batchBytes));
    }

    private void ship() {
        wire.addLast(new double[] {time + linkDelay, written});
        while (!wire.isEmpty() && wire.getFirst()[0] <= time) {
            arrivable = wire.removeFirst()[1];
        }
        delivered = Math.min(arrivable, delivered + linkRate * STEP);
        replayed = Math.min(delivered, replayed + replayRate * STEP);
    }

    private void sample() {
        world.passes(time - (world.nanos - 1_000_000_000_000L) / 1e9);
        if (samplesFail) {
            watch = watch.missed(world.nanos, "statement timeout");
            return;
        }
        world.position = (5L << 30) + (long) written;
        standby.reaches(new Lsn((5L << 30) + (long) replayed));
        world.readings.clear();
        if (tellsOwnShare) {
            world.readings.add(Reading.of(Reading.OWN_WAL, "", ownCounted, world.now));
        }
        watch = watch.observe(world.sample());
        judgements.add(watch.judgement());
        obey(watch.judgement());
    }

    private void obey(Judgement judgement) {
        boolean stop = judgement.verdict().compareTo(Verdict.HOLD) >= 0
                || judgement.pace().stopped();
        if (stop && !stopped && time > 1) {
            stops++;
        }
        stopped = stop;
        if (judgement.permits()) {
            permitUntil = time + PERMIT_SECONDS;
            bucket = bucket.at(nanos(), judgement.pace().rate());
        } else if (stop) {
            permitUntil = -1;
            bucket = bucket.at(nanos(), 0);
        }
    }

    private long nanos() {
        return (long) (time * 1e9);
    }

    private static double[] second(Deque<double[]> deque) {
        var entries = deque.iterator();
        entries.next();
        return entries.next();
    }
}
