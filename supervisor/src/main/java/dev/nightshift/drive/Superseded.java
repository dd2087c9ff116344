package dev.nightshift.drive;

/** Another supervisor holds the lease now: this one must stop acting at once. Not a fault of the run. */
public final class Superseded extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Superseded(String who) {
        super(who);
    }
}
