package dev.nightshift.guards.preflight;

import java.util.Locale;

/** What a check came to. */
public enum Outcome {
    PASS,
    /** Worth a look; the run starts. */
    WARN,
    FAIL,
    /** It could not be looked at, which counts as FAIL. */
    UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean stops() {
        return this == FAIL || this == UNKNOWN;
    }
}
