package dev.nightshift;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.postgres.EventLoops;
import dev.nightshift.postgres.PgClaims;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.PgStatements;
import dev.nightshift.postgres.PgVerifications;
import dev.nightshift.postgres.PgWalks;
import dev.nightshift.postgres.PgWorkJournal;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.worker.Dumps;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Migrations;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Worker;
import dev.nightshift.worker.Works;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/** The process behind {@code nightshift worker RUN}: puts a worker together and tells it when to leave. */
public final class WorkerMain {

    private static final long LONGEST_GOODBYE_MILLIS = 25_000;

    private WorkerMain() {}

    /**
     * Works on the run until it is done or the process is asked to end; SIGTERM, and the end of standard input where
     * {@code NIGHTSHIFT_WATCH_STDIN} is 1, ask it to.
     */
    public static Worker.Leaving run(
            RunId run, DatabaseUrl url, Map<String, String> environment, Dumps dumps, Migrations migrations) {
        Stop stop = new Stop();
        Thread hook = leaveWhenTerminated(stop);
        if (environment.getOrDefault("NIGHTSHIFT_WATCH_STDIN", "").equals("1")) {
            leaveWhenInputEnds(stop, System.in);
        }
        Vertx vertx = EventLoops.create();
        try {
            PgSessions sessions = PgSessions.of(vertx, url, environment);
            return worker(sessions, dumps, migrations).run(run, stop);
        } finally {
            vertx.close();
            forget(hook);
        }
    }

    /** A worker over sessions of a database. */
    public static Worker worker(PgSessions sessions, Dumps dumps, Migrations migrations) {
        return new Worker(
                new PgClaims(sessions),
                claim -> new PgWorkJournal(sessions, claim, Mandate.WORK),
                record -> planOf(record, sessions.url()),
                dumps,
                new Works(new PgWalks(sessions), new PgStatements(sessions), new PgVerifications(sessions), migrations),
                new SecureRandom());
    }

    /** The plan as it was submitted; a later version of this program may refuse what an earlier one took. */
    static Plan planOf(RunRecord run, DatabaseUrl url) {
        Path file = Path.of(run.planFile());
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of("/"));
        PlanReading reading = PlanReader.read(file.toString(), run.planSource(), folder, Optional.of(url));
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        String first = ((PlanReading.Refused) reading).problems().get(0).toString();
        throw new Permanent(new Explanation(
                "the plan of run " + run.id() + " cannot be read any more: " + first,
                "reading the plan from the journal",
                Explanation.NOTHING_CHANGED,
                "go on with the version of nightshift that took the plan, or submit it anew"));
    }

    private static Thread leaveWhenTerminated(Stop stop) {
        Thread working = Thread.currentThread();
        Thread hook = new Thread(
                () -> {
                    stop.ask(Stop.Reason.LEAVE);
                    try {
                        working.join(LONGEST_GOODBYE_MILLIS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "leave");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, which is what the hook was for.
        }
    }

    private static void leaveWhenInputEnds(Stop stop, InputStream input) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (input.read() >= 0) {}
                    } catch (IOException e) {
                        // A broken pipe is an end as well.
                    }
                    stop.ask(Stop.Reason.LEAVE);
                },
                "stdin");
        reader.setDaemon(true);
        reader.start();
    }
}
