package dev.nightshift.run;

import org.jspecify.annotations.Nullable;

/** Did not work now and changed nothing: try again after a pause. */
public final class Transient extends Trouble {

    private static final long serialVersionUID = 1;

    public Transient(Explanation explanation) {
        this(explanation, null);
    }

    public Transient(Explanation explanation, @Nullable Throwable cause) {
        super(explanation, cause);
    }
}
