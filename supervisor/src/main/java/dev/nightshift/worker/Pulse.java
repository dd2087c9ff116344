package dev.nightshift.worker;

import dev.nightshift.run.BatchTimes;
import dev.nightshift.run.Trouble;
import dev.nightshift.run.WorkPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The heartbeat of a worker: each second it tells what is being done and learns whether the claim still holds. Gives
 * the stop signal when it does not.
 */
final class Pulse implements Activity, AutoCloseable {

    static final Duration BEAT = Duration.ofSeconds(1);

    /** A statement that cannot pause goes on for so long without permit and supervisor. */
    static final Duration UNSUPERVISED = Duration.ofSeconds(30);

    private final WorkJournal journal;
    private final Stop stop;
    private final Stop ended = new Stop();
    private final List<Stop> watched = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "pulse");
    private volatile String activity = "starts";
    private volatile Supplier<WorkPace> pace = () -> WorkPace.NONE;
    private volatile BatchTimes times = BatchTimes.NONE;
    private volatile Standing standing;
    private long aloneSince = System.nanoTime();

    Pulse(WorkJournal journal, Stop stop, Standing first) {
        this.journal = journal;
        this.stop = stop;
        this.standing = first;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void now(String sentence) {
        activity = sentence;
    }

    String activity() {
        return activity;
    }

    /** @param now asked at each beat, from another thread */
    void pace(Supplier<WorkPace> now) {
        pace = now;
    }

    /** One more batch, from the one thread that sends them. */
    void batch(Duration took) {
        times = times.with(took);
    }

    /** As of the last heartbeat, a second ago at most while the database answers. */
    Standing standing() {
        return standing;
    }

    /** Watches over work that cannot pause: its signal is given when nobody has supervised it for too long. */
    Stop watch() {
        Stop own = stop.child();
        synchronized (watched) {
            watched.add(own);
        }
        return own;
    }

    void forget(Stop own) {
        synchronized (watched) {
            watched.remove(own);
        }
    }

    private void run() {
        do {
            beat();
        } while (!ended.await(BEAT));
        beat();
    }

    private void beat() {
        try {
            Standing now = journal.beat(activity, pace.get().with(times));
            standing = now;
            if (!now.ours()) {
                stop.ask(Stop.Reason.SUPERSEDED);
            }
            watchOver(now.permitted() || now.supervised());
        } catch (Trouble | WorkEnded away) {
            // The work finds out by itself, and the supervisor misses the heartbeat.
            watchOver(false);
        }
    }

    private void watchOver(boolean supervised) {
        if (supervised) {
            aloneSince = System.nanoTime();
        } else if (System.nanoTime() - aloneSince > UNSUPERVISED.toNanos()) {
            List<Stop> all;
            synchronized (watched) {
                all = List.copyOf(watched);
            }
            all.forEach(own -> own.ask(Stop.Reason.UNSUPERVISED));
        }
    }

    /** After a last beat: what was done since the one before is told as well. */
    @Override
    public void close() {
        ended.ask(Stop.Reason.LEAVE);
        try {
            thread.join(BEAT.toMillis() * 5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
