package dev.nightshift.cli;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.ServeSettings;

/** Looks after the databases of a settings file until the process is asked to end. */
public interface Serving {

    /**
     * Does not return while the process lives.
     *
     * @throws dev.nightshift.run.Trouble when it cannot begin
     */
    void serve(ServeSettings settings, Told told);

    /** Who is told what happens; each database by its name in the settings. */
    interface Told {

        /** Something happened that is in no run's history. */
        void happened(String database, Event event);

        /** What happens to runs of the database is announced here. */
        Announcer runs(String database);

        void metricsAt(int port);

        /** The API listens on this port; the settings may have asked for any. */
        void apiAt(ApiSettings settings, int port);
    }
}
