package dev.nightshift.plan;

import java.util.Locale;

/** What the bearer of a token may do; each role may do what those before it may. */
public enum Role {
    VIEWER,
    OPERATOR,
    APPROVER;

    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
