package dev.nightshift.lint;

import dev.nightshift.run.Explanation;

/** Something that was named to be linted and cannot be read; its message says what and why. */
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String todo;

    public Unreadable(String message) {
        this(message, "make it UTF-8 text that this user may read");
    }

    /** @param todo what a person can do about it */
    public Unreadable(String message, String todo) {
        super(message);
        this.todo = todo;
    }

    /** For somebody who named a plan. */
    public Explanation inPlan() {
        return new Explanation(
                String.valueOf(getMessage()), "reading the plan's migrations", Explanation.NOTHING_CHANGED, todo);
    }
}
