package dev.nightshift.postgres;

import dev.nightshift.cli.CommandPorts;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Milestones;
import dev.nightshift.view.RunReader;
import io.vertx.core.Future;
import java.time.Duration;

/** One connection to a database's journal, for a command. */
public final class PgAccess implements CommandPorts.Access {

    private static final Duration LOOK = Duration.ofSeconds(3);

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
        return open(sessions, SessionSettings.control(name));
    }

    /**
     * Connects to look and write nothing. Where only standbys answer, the primary is away.
     *
     * @throws dev.nightshift.run.Trouble when that fails
     */
    public static PgAccess look(PgSessions sessions) {
        try {
            return open(sessions, SessionSettings.reading("nightshift/wait", LOOK));
        } catch (Permanent refused) {
            throw refused.getCause() instanceof StandbyFound ? new Transient(refused.explanation(), refused) : refused;
        }
    }

    private static PgAccess open(PgSessions sessions, SessionSettings settings) {
        PgLine line = new PgLine(sessions, settings);
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
    public Milestones milestones() {
        return new PgMilestones(line);
    }

    @Override
    public void close() {
        Patiently.done("closing the connection", line.close().otherwiseEmpty());
    }
}
