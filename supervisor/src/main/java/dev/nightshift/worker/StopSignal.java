package dev.nightshift.worker;

/** Tells blocking work that the worker was asked to leave, or that its claim is not its own any more. */
public interface StopSignal {

    boolean asked();

    /**
     * Runs {@code action} once on another thread as soon as the signal comes, at once when it has come already.
     *
     * @return closed when the work is done, so that the action does not run any more
     */
    Registration onAsked(Runnable action);

    /** Takes the action back. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
