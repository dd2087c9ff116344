package dev.nightshift.sandbox.demo;

import java.util.Locale;

/** Which story the demo tells. */
enum Scenario {
    /** The link goes bad for a while; the run slows down, holds, goes on and succeeds. */
    SUCCESS(0, "succeeded"),
    /** The link stays bad until an abort limit is breached; the abort plan runs. */
    ABORT(5, "aborted");

    private final int exitCode;
    private final String state;

    Scenario(int exitCode, String state) {
        this.exitCode = exitCode;
        this.state = state;
    }

    /** How {@code nightshift run} is to end. */
    int exitCode() {
        return exitCode;
    }

    /** The run's last state in the journal. */
    String state() {
        return state;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
