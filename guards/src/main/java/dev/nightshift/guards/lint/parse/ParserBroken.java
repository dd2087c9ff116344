package dev.nightshift.guards.lint.parse;

/** The parser itself failed, not the SQL it was given: the instance that threw this must not be used again. */
public final class ParserBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ParserBroken(String message) {
        super(message);
    }

    ParserBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
