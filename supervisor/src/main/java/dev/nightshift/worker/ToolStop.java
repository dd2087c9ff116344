package dev.nightshift.worker;

import java.time.Duration;

/** Makes a tool end: first what it does in the database is cancelled, then its sessions and processes are ended. */
final class ToolStop {

    /** Why it has to end, and how long it may take to end by itself once its statements are cancelled. */
    enum Why {
        /** A guard or an alert holds the run. */
        HELD(Duration.ofSeconds(10)),
        /** Others waited for a lock that it has. */
        IN_THE_WAY(Duration.ofSeconds(5)),
        TOO_LONG(Duration.ofSeconds(10)),
        /** The worker was asked to leave, and is killed a few seconds later. */
        LEAVE(Duration.ofMillis(1_500)),
        UNSUPERVISED(Duration.ofSeconds(10)),
        /** Somebody else has the run: whatever it still does has to end now. */
        SUPERSEDED(Duration.ZERO);

        private final Duration patience;

        Why(Duration patience) {
            this.patience = patience;
        }

        static Why of(Stop.Reason reason) {
            return switch (reason) {
                case LEAVE -> LEAVE;
                case SUPERSEDED -> SUPERSEDED;
                case UNSUPERVISED -> UNSUPERVISED;
                case TIME_OVER -> TOO_LONG;
            };
        }
    }

    /** After SIGTERM, before SIGKILL. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration SHORT_GRACE = Duration.ofSeconds(1);

    private final Why why;
    private final String reason;
    private final long since = System.nanoTime();
    private long terminated;

    ToolStop(Why why, String reason) {
        this.why = why;
        this.reason = reason;
    }

    Why why() {
        return why;
    }

    String reason() {
        return reason;
    }

    /** Whether its processes were told to end. */
    boolean forced() {
        return terminated != 0;
    }

    /** Called again and again until it has ended. */
    void press(Tools.Running tool, ToolSessions.Watch watch) {
        long now = System.nanoTime();
        if (now - since < why.patience.toNanos()) {
            watch.cancel();
        } else if (terminated == 0) {
            terminated = now;
            tool.terminate();
            end(watch);
        } else if (now - terminated >= grace().toNanos()) {
            tool.kill();
            end(watch);
        }
    }

    private Duration grace() {
        return why.patience.compareTo(GRACE) < 0 ? SHORT_GRACE : GRACE;
    }

    /** Who took over ends the sessions; one more under the old claim would only be in its way. */
    private void end(ToolSessions.Watch watch) {
        if (why != Why.SUPERSEDED) {
            boolean ignored = watch.terminate();
        }
    }
}
