package dev.nightshift;

import dev.nightshift.cli.Lookout;
import dev.nightshift.drive.GuardLook;
import dev.nightshift.drive.Sensors;
import dev.nightshift.postgres.PgLine;
import dev.nightshift.postgres.PgSensors;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/** Looks from this process, in a read-only session and those of a plan's questions. */
final class LocalLookout implements Lookout {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final PgLine line;
    private final Questions questions;
    private final GuardLook guards;

    private LocalLookout(PgLine line, Questions questions, GuardLook guards) {
        this.line = line;
        this.questions = questions;
        this.guards = guards;
    }

    static LocalLookout open(Vertx vertx, At at, Map<String, String> environment) {
        PgSessions sessions = PgSessions.of(vertx, at.database(), environment);
        PgLine line = new PgLine(sessions, SessionSettings.reading("nightshift/watch", TIMEOUT));
        Waiting.on(line.with("connecting", connection -> Future.succeededFuture()));
        Questions questions = new Questions(vertx, sessions, environment);
        Sensors sensors = questions.beside(
                PgSensors.withoutJournal(line, System::nanoTime),
                line,
                at.guards().probes(),
                at.standbys());
        return new LocalLookout(line, questions, new GuardLook(sensors, at.replicas(), at.guards(), System::nanoTime));
    }

    @Override
    public GuardLook.Seen look() {
        return Waiting.on(guards.look());
    }

    @Override
    public void close() {
        Waiting.on(questions.end());
        Waiting.on(line.close().otherwiseEmpty());
    }
}
