package dev.nightshift.worker;

/** Where a worker says what it is doing; people read the latest sentence in {@code status}. */
@FunctionalInterface
public interface Activity {

    /** Replaces the last sentence; cheap enough to call for each batch. */
    void now(String sentence);
}
