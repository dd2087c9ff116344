package dev.nightshift.view;

import java.util.Optional;

/**
 * How far a database is on its way to a version of its schema.
 *
 * @param newest the highest version that is applied
 * @param failed the script of a migration that failed, of this version or one before it
 * @param run the newest run that applies migrations; empty when there is none, and for whom the journal is not to read
 */
public record SchemaMark(
        String version, State state, Optional<String> newest, Optional<String> failed, Optional<RunView> run) {

    /** What Flyway's history says. */
    public enum State {
        /** There is no history yet. */
        ABSENT,
        PENDING,
        APPLIED
    }
}
