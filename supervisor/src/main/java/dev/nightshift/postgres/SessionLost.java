package dev.nightshift.postgres;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A session that is of no use any more; what it was doing may or may not have happened. */
final class SessionLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    SessionLost(@Nullable String what, Throwable cause) {
        super(what, cause instanceof IOException ? cause : new IOException(what, cause));
    }
}
