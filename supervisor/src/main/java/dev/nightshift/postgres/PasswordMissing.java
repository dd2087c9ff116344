package dev.nightshift.postgres;

/** The server asks for a password and there is none to give; the client only says that a value is empty. */
final class PasswordMissing extends RuntimeException {

    private static final long serialVersionUID = 1;

    PasswordMissing(Throwable cause) {
        super("the server asks for a password, and none was given", cause);
    }
}
