package dev.nightshift.run;

import org.jspecify.annotations.Nullable;

/** Will not work when tried again: stop and leave the database as it is. */
public final class Permanent extends Trouble {

    private static final long serialVersionUID = 1;

    public Permanent(Explanation explanation) {
        this(explanation, null);
    }

    public Permanent(Explanation explanation, @Nullable Throwable cause) {
        super(explanation, cause);
    }
}
