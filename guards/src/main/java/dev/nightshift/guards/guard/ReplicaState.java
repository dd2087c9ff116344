package dev.nightshift.guards.guard;

/** What can be said of a pinned replica at one sample. */
enum ReplicaState {
    STREAMING,
    /** Connected again, and not yet caught up since. */
    RETURNING,
    /** Connected, and its position cannot be known. */
    UNOBSERVABLE,
    GONE;

    /** Whether its lag can be measured now. */
    boolean observable() {
        return this == STREAMING || this == RETURNING;
    }
}
