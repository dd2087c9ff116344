package dev.nightshift.cli;

import java.time.Duration;

/** Passing time, for commands that wait and look again. */
public interface Pulse {

    /** A clock that only moves forward. */
    long nanos();

    /** Returns after about this long. */
    void rest(Duration pause);

    /** Of this machine; an interrupt ends the rest early and stays set. */
    static Pulse ofMachine() {
        return new Pulse() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void rest(Duration pause) {
                try {
                    Thread.sleep(pause.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
