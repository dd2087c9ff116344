package dev.nightshift.bench.policy;

import dev.nightshift.bench.measure.Budget;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The throttle of pt-online-schema-change and gh-ost: after each batch a heartbeat is read on the standby, and while it
 * is older than the limit nothing is written and it is read again each second.
 */
final class OnOff implements Policy {

    private static final long SIZE = 10_000;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private volatile double share;

    @Override
    public void carryOut(Scene scene) throws SQLException, InterruptedException {
        try (Heartbeat heartbeat = Heartbeat.start(scene);
                KeyWalk walk = new KeyWalk(scene, "on-off")) {
            while (walk.batch(SIZE)) {
                share = walk.share();
                while (heartbeat.age() > Budget.USUAL.seconds()) {
                    Thread.sleep(AGAIN.toMillis());
                }
            }
        }
    }

    @Override
    public double share(Scene scene) {
        return share;
    }
}
