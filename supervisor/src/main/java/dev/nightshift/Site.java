package dev.nightshift;

import dev.nightshift.drive.Lease;
import dev.nightshift.drive.Sensors;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.postgres.Passwords;
import dev.nightshift.postgres.PgJournal;
import dev.nightshift.postgres.PgLease;
import dev.nightshift.postgres.PgLine;
import dev.nightshift.postgres.PgPermits;
import dev.nightshift.postgres.PgRuns;
import dev.nightshift.postgres.PgSensors;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.SessionSettings;
import dev.nightshift.schema.JournalInstaller;
import dev.nightshift.schema.Login;
import dev.nightshift.schema.SchemaChecks;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One database as a supervisor works on it: two connections that stay open, and the adapters over them. */
final class Site implements AutoCloseable {

    private static final Duration SENSING_TIMEOUT = Duration.ofSeconds(1);

    final DatabaseUrl url;
    final PgSessions sessions;
    final PgLine control;
    final PgLine sensing;
    final UUID token = UUID.randomUUID();
    final PgRuns runs;
    final PgJournal journal;
    final PgPermits permits;
    final PgSensors sensors;
    final Lease lease;
    private final Login login;
    private final Questions questions;
    private final Map<String, String> environment;

    Site(Vertx vertx, DatabaseUrl url, Map<String, String> environment, String holder) {
        Optional<String> password = Passwords.find(url, environment);
        this.url = url;
        this.environment = environment;
        this.sessions = new PgSessions(vertx, url, password);
        this.login = Login.of(url, password);
        this.control = new PgLine(sessions, SessionSettings.control("nightshift/supervisor/control"));
        this.sensing = new PgLine(sessions, SessionSettings.reading("nightshift/supervisor/sensing", SENSING_TIMEOUT));
        this.runs = new PgRuns(control);
        this.journal = new PgJournal(control, token);
        this.permits = new PgPermits(control, token);
        this.sensors = new PgSensors(sensing, System::nanoTime);
        this.questions = new Questions(vertx, sessions, environment);
        this.lease = new PgLease(control, holder, token, System::nanoTime);
    }

    /**
     * Sees that the journal is there.
     *
     * @param subscribersAreReady the plan waives {@link JournalInstaller#WAIVER}
     */
    void installJournal(boolean subscribersAreReady) {
        new JournalInstaller(login, subscribersAreReady).install();
    }

    /** The sensors with what a plan asks for besides. */
    Sensors sensors(Plan plan) {
        return questions.beside(sensors, sensing, plan.guards().probes(), plan.standbys());
    }

    FullPreflight preflight() {
        return new FullPreflight(sessions, new SchemaChecks(login), environment);
    }

    @Override
    public void close() {
        Waiting.on(control.close().transform(v -> sensing.close()).otherwiseEmpty());
        questions.close();
    }
}
