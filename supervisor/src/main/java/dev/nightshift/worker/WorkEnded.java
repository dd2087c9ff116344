package dev.nightshift.worker;

/** Work was ended by its stop signal, at a point where nothing is left open. Not a failure. */
public final class WorkEnded extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Stop.Reason reason;

    public WorkEnded(Stop.Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    public Stop.Reason reason() {
        return reason;
    }
}
