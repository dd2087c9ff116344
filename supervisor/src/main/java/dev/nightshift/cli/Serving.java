package dev.nightshift.cli;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.ServeReading;
import dev.nightshift.plan.ServeSettings;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks after the databases of a settings file until the process is asked to end. */
public interface Serving {

    /**
     * Does not return while the process lives.
     *
     * @param later what the settings say when they are others than before, asked again and again on one thread at a time
     * @throws dev.nightshift.run.Trouble when it cannot begin
     */
    void serve(ServeSettings settings, Supplier<Optional<ServeReading>> later, Told told);

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
