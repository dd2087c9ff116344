package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.view.Intents;
import dev.nightshift.view.RunReader;

/** Everything outside that a command reaches. */
public interface CommandPorts {

    /**
     * Connects to a database.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    Access open(DatabaseUrl url);

    Supervision supervision();

    Exposition exposition();

    Hands hands();

    BackupProof backups();

    /** A connection to one database's journal. */
    interface Access extends AutoCloseable {

        RunReader reader();

        Intents intents();

        @Override
        void close();
    }
}
