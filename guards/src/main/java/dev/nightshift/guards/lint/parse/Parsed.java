package dev.nightshift.guards.lint.parse;

import java.util.List;

/** The answer to a text: its statements, or why PostgreSQL refuses it. */
public sealed interface Parsed {
    /** The grammar takes the text. */
    record Accepted(List<Node> statements) implements Parsed {
        public Accepted {
            statements = List.copyOf(statements);
        }
    }

    /** The grammar refuses the text at an index of it; PostgreSQL's own words. */
    record Refused(String message, int at) implements Parsed {}
}
