package dev.nightshift.run;

import org.jspecify.annotations.Nullable;

/** A failure that was not expected, named for what the caller must do about it. */
public abstract sealed class Trouble extends RuntimeException permits Transient, Permanent, OutcomeUnknown {

    private static final long serialVersionUID = 1;

    private final transient Explanation explanation;

    Trouble(Explanation explanation, @Nullable Throwable cause) {
        super(explanation.what(), cause);
        this.explanation = explanation;
    }

    public Explanation explanation() {
        return explanation;
    }
}
