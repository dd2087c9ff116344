package dev.nightshift;

import dev.nightshift.drive.Question;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Probe;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.SqlQuestion;
import dev.nightshift.prometheus.PrometheusClient;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Finds for each question of a plan who can be asked; the sessions for it are opened with the first question. */
final class Questions implements AutoCloseable {

    private final PgSessions sessions;
    private final PrometheusClient prometheus;
    private final List<SqlQuestion> asked = new ArrayList<>();

    Questions(Vertx vertx, PgSessions sessions) {
        this.sessions = sessions;
        this.prometheus = new PrometheusClient(vertx);
    }

    Question of(Probe probe) {
        if (probe.kind() == GuardKind.PROMETHEUS) {
            return prometheus.question(probe);
        }
        SqlQuestion question = new SqlQuestion(sessions, probe);
        asked.add(question);
        return question;
    }

    @Override
    public void close() {
        asked.forEach(question -> Waiting.on(question.close().otherwiseEmpty()));
    }
}
