package dev.nightshift.guards.guard;

/** What a run owes to a replica. */
public enum ReplicaClass {
    /** Its lag slows, holds and aborts; missing, it holds at once. */
    REQUIRED("required"),
    /** As required, behind another standby, which is asked because the primary does not know of it. */
    CASCADED("cascaded"),
    /** Slows, never holds. */
    BEST_EFFORT("best-effort"),
    /** Its delay is added to the limit. */
    DELAYED("delayed"),
    /** Judged on what its slot retains. */
    LOGICAL("logical"),
    /** A receiver that never replays, such as pg_receivewal: shown, not compared. */
    RECEIVER("receiver"),
    /** Not named by the plan: shown, not judged. */
    OBSERVED("observed"),
    IGNORE("ignore");

    private final String key;

    ReplicaClass(String key) {
        this.key = key;
    }

    /** The key in a plan's {@code replicas}. */
    public String key() {
        return key;
    }

    /** Whether its lag is held against limits. */
    public boolean lagJudged() {
        return isRequired() || this == BEST_EFFORT || this == DELAYED;
    }

    /** Whether the run needs it to keep up, and to be there. */
    public boolean isRequired() {
        return this == REQUIRED || this == CASCADED;
    }
}
