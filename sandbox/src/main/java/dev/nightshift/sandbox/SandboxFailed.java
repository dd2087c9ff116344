package dev.nightshift.sandbox;

import org.jspecify.annotations.Nullable;

/** Something on this machine kept the sandbox from doing what it was asked; the message says what and where to look. */
public final class SandboxFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SandboxFailed(String message) {
        super(message);
    }

    public SandboxFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
