package dev.nightshift.plan;

/** What can be done to a step while it works. */
public enum StatementClass {
    /** Stops between two batches and goes on where it stopped. */
    PAUSABLE("pausable"),
    /** Runs long in one piece: it can be cancelled, and then starts over. */
    CANCEL_ONLY("cancel-only"),
    /** Short and all or nothing: it is let finish. */
    ATOMIC("atomic");

    private final String word;

    StatementClass(String word) {
        this.word = word;
    }

    /** As people read it. */
    @Override
    public String toString() {
        return word;
    }
}
