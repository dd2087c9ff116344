package dev.nightshift.guards.lint.parse;

import java.util.List;

/** PostgreSQL's grammar for SQL, and for the PL/pgSQL bodies within it. */
public interface SqlParser {
    Parsed parse(String sql);

    /** Each text by itself, answers in the same order. */
    default List<Parsed> parseAll(List<String> texts) {
        return texts.stream().map(this::parse).toList();
    }

    /** The body trees of a CREATE FUNCTION, CREATE PROCEDURE or DO statement in PL/pgSQL, as PL/pgSQL's structs. */
    Parsed parsePlpgsql(String statement);
}
