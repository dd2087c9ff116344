package dev.nightshift.guards.lint.parse;

/** PostgreSQL leaves a failed parse by longjmp: this unwinds to the nearest call that asked for it. */
final class Longjmp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Longjmp() {
        super(null, null, false, false);
    }
}
