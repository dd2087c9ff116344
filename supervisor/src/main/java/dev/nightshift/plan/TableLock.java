package dev.nightshift.plan;

/**
 * A lock that a statement takes, as far as its text tells.
 *
 * @param mode PostgreSQL's name for it: {@code SHARE UPDATE EXCLUSIVE}
 * @param on a table as written, or in words
 */
public record TableLock(String mode, String on) {

    @Override
    public String toString() {
        return mode + " on " + on;
    }
}
