package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.tree.Name;

/**
 * An object that the script has created.
 *
 * @param name with its schema, as the search path gave it
 * @param certain false for IF NOT EXISTS and OR REPLACE: it may have been there before
 * @param owner for an index the table it is on; otherwise the object itself
 * @param step the statement that creates it
 */
public record Created(Kind kind, Name name, boolean certain, boolean temporary, Name owner, Step step) {
    /** What was created. */
    public enum Kind {
        RELATION,
        INDEX,
        TYPE,
        SCHEMA,
        ROUTINE
    }
}
