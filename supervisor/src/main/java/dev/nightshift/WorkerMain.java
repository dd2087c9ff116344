package dev.nightshift;

import dev.nightshift.postgres.PgClaims;
import dev.nightshift.postgres.PgLeftovers;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.PgStatements;
import dev.nightshift.postgres.PgToolSessions;
import dev.nightshift.postgres.PgVerifications;
import dev.nightshift.postgres.PgWalks;
import dev.nightshift.postgres.PgWorkJournal;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.AbortSteps;
import dev.nightshift.worker.Dumps;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Migrations;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Tools;
import dev.nightshift.worker.Worker;
import dev.nightshift.worker.Works;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process behind {@code nightshift worker RUN}: puts a worker together and tells it when to leave. */
public final class WorkerMain {

    /** Longer than a batch's statement timeout; whoever sent the signal is not patient for ever. */
    private static final long LONGEST_GOODBYE_SECONDS = 20;

    private WorkerMain() {}

    /**
     * Works on the run until it is done or the process is asked to end; SIGTERM, and the end of standard input where
     * {@code NIGHTSHIFT_WATCH_STDIN} is 1, ask it to.
     */
    static Worker.Leaving run(RunId run, Worker worker, Map<String, String> environment) {
        Stop stop = new Stop();
        CountDownLatch left = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveWhenTerminated(stop, left), "leave"));
        if (environment.getOrDefault("NIGHTSHIFT_WATCH_STDIN", "").equals("1")) {
            leaveWhenInputEnds(stop, System.in);
        }
        try {
            return worker.run(run, stop);
        } finally {
            left.countDown();
        }
    }

    /** A worker over sessions of a database. */
    public static Worker worker(PgSessions sessions, Dumps dumps, Migrations migrations, Tools tools) {
        return new Worker(
                new PgClaims(sessions),
                claim -> new PgWorkJournal(sessions, claim, Mandate.WORK),
                record -> StoredPlans.of(record, sessions.url()),
                dumps,
                works(sessions, migrations, tools),
                new SecureRandom());
    }

    /** What carries out the abort plan of a run, in the supervisor. */
    public static AbortSteps abortSteps(PgSessions sessions, Migrations migrations, Tools tools) {
        return new AbortSteps(
                new PgClaims(sessions),
                claim -> new PgWorkJournal(sessions, claim, Mandate.ABORT),
                works(sessions, migrations, tools),
                new PgLeftovers(sessions),
                new SecureRandom());
    }

    private static Works works(PgSessions sessions, Migrations migrations, Tools tools) {
        return new Works(
                new PgWalks(sessions),
                new PgStatements(sessions),
                new PgVerifications(sessions),
                migrations,
                tools,
                new PgToolSessions(sessions));
    }

    private static void leaveWhenTerminated(Stop stop, CountDownLatch left) {
        stop.ask(Stop.Reason.LEAVE);
        try {
            if (!left.await(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("ended before the work could park");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The supervisor holds the other end and never sends anything; the pipe ends with the supervisor. */
    private static void leaveWhenInputEnds(Stop stop, InputStream input) {
        Thread reader = new Thread(
                () -> {
                    try {
                        input.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        System.err.println("standard input broke, which is an end as well: " + e.getMessage());
                    }
                    stop.ask(Stop.Reason.LEAVE);
                },
                "stdin");
        reader.setDaemon(true);
        reader.start();
    }
}
