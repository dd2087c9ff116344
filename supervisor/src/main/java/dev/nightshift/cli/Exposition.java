package dev.nightshift.cli;

import dev.nightshift.drive.Announcer;

/** Shows a supervised run's metrics and health over HTTP. */
public interface Exposition {

    /**
     * Begins to listen; call it from the thread that then supervises.
     *
     * @param port 0 for a free one
     * @param database its name
     * @throws dev.nightshift.run.Permanent when the port cannot be listened on
     */
    Shown show(int port, String plan, String database);

    /** What is shown, until it is closed. */
    interface Shown extends AutoCloseable {

        int port();

        /** Keeps the metrics up to date. */
        Announcer announcer();

        @Override
        void close();
    }
}
