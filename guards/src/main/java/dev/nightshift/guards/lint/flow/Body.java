package dev.nightshift.guards.lint.flow;

import java.util.List;

/**
 * What a DO block or a routine would carry out, as far as its text tells: in the order of the text, branches and all.
 *
 * @param settings what the routine's own SET clauses put in force while it runs
 */
public record Body(List<Part> parts, List<SettingChanges.Change> settings) {
    static final Body EMPTY = new Body(List.of());

    public Body {
        parts = List.copyOf(parts);
        settings = List.copyOf(settings);
    }

    Body(List<Part> parts) {
        this(parts, List.of());
    }

    /** One part of a body. */
    public sealed interface Part {}

    /** A statement; {@code guessed} when the text of an EXECUTE is known but for some names and values. */
    public record Sql(Statement statement, boolean guessed) implements Part {}

    /** COMMIT or ROLLBACK in a procedure. */
    public record TransactionEnd() implements Part {}

    /** What cannot be known before it runs. */
    public record Opaque(String why, int at) implements Part {}
}
