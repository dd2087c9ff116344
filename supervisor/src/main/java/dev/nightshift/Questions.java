package dev.nightshift;

import dev.nightshift.drive.ProbingSensors;
import dev.nightshift.drive.Question;
import dev.nightshift.drive.Sensors;
import dev.nightshift.drive.SideSensors;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Probe;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.postgres.PgLine;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.PgStandby;
import dev.nightshift.postgres.ServerVolumes;
import dev.nightshift.postgres.SqlQuestion;
import dev.nightshift.prometheus.PrometheusClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds for each question of a plan, and for each standby, who can be asked; sessions are opened with the first question. */
final class Questions {

    private final Vertx vertx;
    private final PgSessions sessions;
    private final Map<String, String> environment;
    private final PrometheusClient prometheus;
    private final List<SqlQuestion> asked = new ArrayList<>();
    private final List<PgStandby> standbys = new ArrayList<>();

    Questions(Vertx vertx, PgSessions sessions, Map<String, String> environment) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.environment = environment;
        this.prometheus = new PrometheusClient(vertx, environment);
    }

    /** These sensors with what a plan asks for besides. */
    Sensors beside(Sensors sensors, PgLine sensing, List<Probe> probes, Map<String, DatabaseUrl> urls) {
        urls.forEach((name, url) -> standbys.add(new PgStandby(name, PgSessions.ofStandby(vertx, url, environment))));
        List<SideSensors> others = new ArrayList<>(standbys);
        others.add(new ServerVolumes(vertx, sensing, System::nanoTime));
        return new ProbingSensors(sensors, probes, this::of, others, System::nanoTime);
    }

    private Question of(Probe probe) {
        if (probe.kind() == GuardKind.PROMETHEUS) {
            return prometheus.question(probe);
        }
        SqlQuestion question = new SqlQuestion(sessions, probe);
        asked.add(question);
        return question;
    }

    /** Closes the sessions that were opened; never fails. */
    Future<Void> end() {
        List<Future<Void>> closed = new ArrayList<>();
        asked.forEach(question -> closed.add(question.close().otherwiseEmpty()));
        standbys.forEach(standby -> closed.add(standby.close().otherwiseEmpty()));
        return Future.join(closed).mapEmpty();
    }
}
