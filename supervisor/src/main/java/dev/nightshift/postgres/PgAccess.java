package dev.nightshift.postgres;

import dev.nightshift.cli.CommandPorts;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.RunReader;
import io.vertx.core.Future;

/** One connection to a database's journal, for a command. */
public final class PgAccess implements CommandPorts.Access {

    private final PgLine line;

    private PgAccess(PgLine line) {
        this.line = line;
    }

    /**
     * Connects, so that a database that cannot be reached is known at once.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    public static PgAccess open(PgSessions sessions) {
        return open(sessions, "nightshift/command");
    }

    /** As {@link #open(PgSessions)}, under this name. */
    public static PgAccess open(PgSessions sessions, String name) {
        PgLine line = new PgLine(sessions, SessionSettings.control(name));
        Patiently.done("connecting", line.with("connecting", connection -> Future.succeededFuture()));
        return new PgAccess(line);
    }

    @Override
    public RunReader reader() {
        return new PgRunReader(line);
    }

    public Chronicle chronicle() {
        return new PgChronicle(line);
    }

    @Override
    public Intents intents() {
        return new PgIntents(line);
    }

    @Override
    public AuditTrail audit() {
        return new PgAuditTrail(line);
    }

    @Override
    public Freezes freezes() {
        return new PgFreezes(line);
    }

    @Override
    public void close() {
        Patiently.done("closing the connection", line.close().otherwiseEmpty());
    }
}
