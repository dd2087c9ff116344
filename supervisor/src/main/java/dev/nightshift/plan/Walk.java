package dev.nightshift.plan;

/** In which order a backfill goes through its table. */
public enum Walk {
    /** The supervisor chooses; in this version always by key. */
    AUTO("auto"),
    /** By primary key. */
    KEY("key");

    private final String word;

    Walk(String word) {
        this.word = word;
    }

    /** As the plan writes it. */
    @Override
    public String toString() {
        return word;
    }
}
