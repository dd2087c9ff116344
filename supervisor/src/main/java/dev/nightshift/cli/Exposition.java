package dev.nightshift.cli;

import dev.nightshift.announce.Tidings;
import dev.nightshift.drive.Announcer;
import java.util.List;

/** Shows a supervised run's metrics and health over HTTP. */
public interface Exposition {

    /**
     * Begins to listen; call it from the thread that then supervises.
     *
     * @param port 0 for a free one
     * @param database its name
     * @param receivers who is told what happens, by their names
     * @throws dev.nightshift.run.Permanent when the port cannot be listened on
     */
    Shown show(int port, String plan, String database, List<String> receivers);

    /** What is shown, until it is closed. */
    interface Shown extends AutoCloseable {

        int port();

        /** Keeps the metrics up to date. */
        Announcer announcer();

        /** A message was sent to a receiver, or given up; from any thread. */
        void attempted(String receiver, Tidings.Outcome outcome);

        @Override
        void close();
    }
}
