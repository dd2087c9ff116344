package dev.nightshift.lint;

import dev.nightshift.run.Explanation;

/** Something that was named to be linted and cannot be read; its message says what and why. */
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Unreadable(String message) {
        super(message);
    }

    /** For somebody who named a plan. */
    public Explanation inPlan() {
        return new Explanation(
                String.valueOf(getMessage()),
                "reading the plan's migrations",
                Explanation.NOTHING_CHANGED,
                "make it UTF-8 text that this user may read");
    }
}
