package dev.nightshift;

import dev.nightshift.lint.ToolScripts;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.postgres.Passwords;
import dev.nightshift.postgres.PgLine;
import dev.nightshift.postgres.PgRuns;
import dev.nightshift.postgres.PgSensors;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.SessionSettings;
import dev.nightshift.schema.JournalInstaller;
import dev.nightshift.schema.Login;
import dev.nightshift.schema.SchemaChecks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/** One database as a supervisor knows it: two connections that stay open, and what may be asked over them by anybody. */
final class Site implements AutoCloseable {

    private static final Duration SENSING_TIMEOUT = Duration.ofSeconds(1);

    final DatabaseUrl url;
    final PgSessions sessions;
    final PgLine control;
    final PgLine sensing;
    final PgRuns runs;
    final PgSensors sensors;
    final Vertx vertx;
    final Map<String, String> environment;

    Site(Vertx vertx, DatabaseUrl url, Map<String, String> environment) {
        this.vertx = vertx;
        this.url = url;
        this.environment = environment;
        this.sessions = PgSessions.of(vertx, url, environment);
        this.control = new PgLine(sessions, SessionSettings.control("nightshift/supervisor/control"));
        this.sensing = new PgLine(sessions, SessionSettings.reading("nightshift/supervisor/sensing", SENSING_TIMEOUT));
        this.runs = new PgRuns(control);
        this.sensors = new PgSensors(sensing, System::nanoTime);
    }

    /**
     * Sees that the journal is there.
     *
     * @param subscribersAreReady the plan waives {@link JournalInstaller#WAIVER}
     */
    void installJournal(boolean subscribersAreReady) {
        new JournalInstaller(login(), subscribersAreReady).install();
    }

    /** What tools would run on this database, as they print it. */
    ToolScripts scripts() {
        return Adapters.scripts(url, environment, true);
    }

    /** Reads the SQL of a plan in this process. */
    SqlReading reading() {
        return SqlReading.here(sessions, scripts());
    }

    /** @param images whether tools can be started from images of their own, or it is not known where they will be */
    FullPreflight preflight(SqlReading sql, boolean images) {
        return new FullPreflight(sessions, new SchemaChecks(login()), environment, sql, images);
    }

    /** With the password as it is now. */
    private Login login() {
        return Login.of(url, Passwords.find(url, environment));
    }

    /** Closes both connections; never fails. */
    Future<Void> leave() {
        return control.close().transform(v -> sensing.close()).otherwiseEmpty();
    }

    @Override
    public void close() {
        Waiting.on(leave());
    }
}
