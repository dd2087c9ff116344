package dev.nightshift.prometheus;

/** A query had no answer that is one number. */
final class NoAnswer extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoAnswer(String why) {
        super(why);
    }

    NoAnswer(String why, Throwable cause) {
        super(why, cause);
    }
}
