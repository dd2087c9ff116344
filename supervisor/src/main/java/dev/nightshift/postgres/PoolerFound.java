package dev.nightshift.postgres;

/** A session is not the server's own: answers come from several backends, or its settings do not stay. */
final class PoolerFound extends RuntimeException {

    private static final long serialVersionUID = 1;

    PoolerFound(String what) {
        super(what);
    }
}
