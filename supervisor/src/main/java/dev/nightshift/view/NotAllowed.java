package dev.nightshift.view;

import dev.nightshift.run.Explanation;

/** A command that the run's state does not allow: nothing was written down that anybody would carry out. */
public final class NotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Explanation explanation;

    public NotAllowed(Explanation explanation) {
        super(explanation.what());
        this.explanation = explanation;
    }

    public Explanation explanation() {
        return explanation;
    }
}
