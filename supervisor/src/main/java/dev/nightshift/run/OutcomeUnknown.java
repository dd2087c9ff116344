package dev.nightshift.run;

import org.jspecify.annotations.Nullable;

/** May or may not have happened: never try again, a person or the catalog must decide. */
public final class OutcomeUnknown extends Trouble {

    private static final long serialVersionUID = 1;

    public OutcomeUnknown(Explanation explanation) {
        this(explanation, null);
    }

    public OutcomeUnknown(Explanation explanation, @Nullable Throwable cause) {
        super(explanation, cause);
    }
}
