package dev.nightshift.guards.lint;

import java.util.Locale;

/** How much a finding weighs: an error blocks, a warning wants an answer, information is told. */
public enum Severity {
    INFO,
    WARN,
    ERROR;

    /** As reports write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Severity lower() {
        return this == ERROR ? WARN : INFO;
    }

    public Severity higher() {
        return this == INFO ? WARN : ERROR;
    }
}
