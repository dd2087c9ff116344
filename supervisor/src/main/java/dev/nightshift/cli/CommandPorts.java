package dev.nightshift.cli;

import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.lint.ToolScripts;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.KubernetesSettings;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.RunReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Everything outside that a command reaches. */
public interface CommandPorts {

    /**
     * Connects to a database.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    Access open(DatabaseUrl url);

    /**
     * Connects to a database for one look, and can write nothing: as {@link #open(DatabaseUrl)}, but a standby is a
     * database that is away.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    Access look(DatabaseUrl url);

    /**
     * Connects to the API of a supervisor.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    Access open(Server server);

    /** @param kubernetes where workers are started as Jobs; empty for child processes */
    Supervision supervision(Optional<KubernetesSettings> kubernetes);

    /** Into the queue of the database that a plan is for. */
    Submitting submitting();

    /** Into the queue of a database that a supervisor serves. */
    Submitting submitting(Server server);

    PlanCheck planCheck();

    Exposition exposition();

    Hands hands();

    /**
     * Begins to look.
     *
     * @throws dev.nightshift.run.Trouble when the database cannot be reached
     */
    Lookout lookout(Lookout.At at);

    BackupProof backups();

    BackupPrune prune();

    Tracing tracing();

    Serving serving();

    Notifying notifying();

    RunSql runSql();

    /**
     * What the tools of a plan's external steps would run on a database.
     *
     * @param connected whether it may be asked for its revision
     */
    ToolScripts scripts(DatabaseUrl url, boolean connected);

    /**
     * Connects to a database to ask its catalog, and writes nothing.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    OpenCatalog catalog(DatabaseUrl url);

    /** A database's catalog; what was asked once is not asked again. */
    interface OpenCatalog extends Catalog, AutoCloseable {

        /** The versions of the migrations that Flyway's history says are applied. */
        Set<String> appliedMigrations();

        @Override
        void close();
    }

    /**
     * The API of a supervisor.
     *
     * @param root scheme, host and port
     * @param database which of those that it serves; empty where it serves one
     * @param authority a PEM file with whom to trust; empty for what the JVM trusts
     */
    record Server(URI root, Optional<String> database, String token, Optional<Path> authority) {

        @Override
        public String toString() {
            return root + database.map(name -> "/" + name).orElse("");
        }
    }

    /** A connection to one database's journal. */
    interface Access extends AutoCloseable {

        /** Whether it speaks to the database itself, so that this process may do a supervisor's work. */
        default boolean isDirect() {
            return true;
        }

        RunReader reader();

        Intents intents();

        AuditTrail audit();

        Freezes freezes();

        Milestones milestones();

        @Override
        void close();
    }
}
