package dev.nightshift.bench.policy;

import java.sql.SQLException;
import java.time.Duration;

/** The loop that most scripts are: batches of a fixed size, and perhaps a sleep after each. */
final class KeyBatches implements Policy {

    private final long size;
    private final Duration pause;
    private volatile double share;

    KeyBatches(long size, Duration pause) {
        this.size = size;
        this.pause = pause;
    }

    @Override
    public void carryOut(Scene scene) throws SQLException, InterruptedException {
        try (KeyWalk walk = new KeyWalk(scene, "batches")) {
            while (walk.batch(size)) {
                share = walk.share();
                Thread.sleep(pause.toMillis());
            }
        }
    }

    @Override
    public double share(Scene scene) {
        return share;
    }
}
