package dev.nightshift.bench.policy;

import java.sql.SQLException;
import java.time.Duration;

/**
 * GitLab's batched background migrations: a job each interval, in sub-batches with 100 ms of sleep after each; the job's
 * size follows from the time that the last ones took, and from nothing else. Two things are in its favour here: its
 * interval is 5 s instead of two minutes, and it learns from the first job on instead of the twentieth, else a table of
 * this size would be done before it had learnt anything.
 */
final class TimeOptimiser implements Policy {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long SUB_BATCH = 1_000;

    private volatile double share;

    @Override
    public void carryOut(Scene scene) throws SQLException, InterruptedException {
        JobSize size = new JobSize(10_000);
        try (KeyWalk walk = new KeyWalk(scene, "time-optimiser")) {
            boolean more = true;
            while (more) {
                long begun = System.nanoTime();
                more = job(walk, size.rows());
                double took = (System.nanoTime() - begun) / 1e9;
                size = size.after(took / INTERVAL.toSeconds());
                if (more) {
                    Thread.sleep(Math.max(0, INTERVAL.toMillis() - Math.round(took * 1e3)));
                }
            }
        }
    }

    private boolean job(KeyWalk walk, long rows) throws SQLException, InterruptedException {
        boolean more = true;
        for (long done = 0; more && done < rows; done += SUB_BATCH) {
            more = walk.batch(Math.min(SUB_BATCH, rows - done));
            share = walk.share();
            Thread.sleep(PAUSE.toMillis());
        }
        return more;
    }

    @Override
    public double share(Scene scene) {
        return share;
    }
}
