package dev.nightshift.bench.policy;

import java.time.Duration;

/** Every policy by the name that {@code --policies} and the results give it. */
public enum PolicyKind {
    UPDATE("update", "one UPDATE statement"),
    BATCHES_10K("batches-10k", "batches of 10,000 rows by key without pause"),
    BATCHES_1K("batches-1k-100ms", "batches of 1,000 rows by key, 100 ms of sleep after each"),
    ON_OFF("on-off", "batches of 10,000 rows, none while a heartbeat is older than the budget"),
    TIME_OPTIMISER("time-optimiser", "jobs sized by the time the last ones took, as GitLab's batched migrations"),
    NIGHTSHIFT_KEY("nightshift-key", "Nightshift, walk: key"),
    NIGHTSHIFT_HEAP("nightshift-heap", "Nightshift, walk: heap");

    private final String word;
    private final String meaning;

    PolicyKind(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    public String word() {
        return word;
    }

    /** In a few words, for people. */
    public String meaning() {
        return meaning;
    }

    public Policy policy() {
        return switch (this) {
            case UPDATE -> new SingleUpdate();
            case BATCHES_10K -> new KeyBatches(10_000, Duration.ZERO);
            case BATCHES_1K -> new KeyBatches(1_000, Duration.ofMillis(100));
            case ON_OFF -> new OnOff();
            case TIME_OPTIMISER -> new TimeOptimiser();
            case NIGHTSHIFT_KEY -> new Nightshift("key");
            case NIGHTSHIFT_HEAP -> new Nightshift("heap");
        };
    }

    public boolean isNightshift() {
        return this == NIGHTSHIFT_KEY || this == NIGHTSHIFT_HEAP;
    }
}
