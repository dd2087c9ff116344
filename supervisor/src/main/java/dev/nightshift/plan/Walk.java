package dev.nightshift.plan;

/** In which order a backfill goes through its table. */
public enum Walk {
    /** By the heap where each updated row leaves `where` and nothing speaks against it, else by key. */
    AUTO("auto"),
    /** By primary key, or another unique index. */
    KEY("key"),
    /** In the order of the table's pages, each in several passes. */
    HEAP("heap");

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
