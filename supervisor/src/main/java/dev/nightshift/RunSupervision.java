package dev.nightshift;

import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Backups;
import dev.nightshift.drive.Cadence;
import dev.nightshift.drive.Launcher;
import dev.nightshift.drive.Ports;
import dev.nightshift.drive.RunDriver;
import dev.nightshift.drive.SupervisionLoop;
import dev.nightshift.drive.Times;
import dev.nightshift.plan.Plan;
import dev.nightshift.postgres.PgGlances;
import dev.nightshift.postgres.PgPast;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Succeeded;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One run under supervision; used from one event loop. */
final class RunSupervision {

    private final RunRecord begun;
    private final Launcher launcher;
    private final Backups backups;
    private final Questions questions;
    private final SupervisedWorkloads workloads;
    private final SupervisionLoop loop;
    private final Supplier<Future<Void>> beginning;

    private RunSupervision(
            RunRecord begun,
            Launcher launcher,
            Backups backups,
            Questions questions,
            SupervisedWorkloads workloads,
            SupervisionLoop loop,
            Supplier<Future<Void>> beginning) {
        this.begun = begun;
        this.beginning = beginning;
        this.launcher = launcher;
        this.backups = backups;
        this.questions = questions;
        this.workloads = workloads;
        this.loop = loop;
    }

    /**
     * Puts it together; nothing happens yet.
     *
     * @param tenure its lease must be held
     * @param enough when to stop supervising before the run's end
     */
    static RunSupervision of(
            Site site, Tenure tenure, RunRecord run, Plan plan, Surveillance around, Predicate<RunRecord> enough) {
        Times times = new Times(Instant::now, System::nanoTime, new SecureRandom());
        Questions questions = new Questions(site.vertx, site.sessions, site.environment);
        Workforce.Crew crew = around.workforce().of(site, run, plan);
        Backups backups = Adapters.backups(site);
        SupervisedWorkloads workloads = new SupervisedWorkloads(site, tenure);
        Announcer announcer = crew.announcer()
                .map(further -> Announcer.all(around.announcer(), further))
                .orElseGet(around::announcer);
        Ports ports = new Ports(
                tenure.journal(),
                tenure.lease(),
                tenure.permits(),
                questions.beside(site.sensors, site.sensing, plan.guards().probes(), plan.standbys()),
                crew.launcher(),
                Adapters.preflight(
                        site.vertx, site, around.sql(), around.workforce().startsImages()),
                backups,
                Adapters.abortPlan(site, tenure),
                workloads,
                Announcer.all(announcer, new PgGlances(site.control)));
        RunDriver driver = new RunDriver(run, plan, ports, times);
        Cadence cadence = new Cadence(site.vertx, times.nanos(), around.lateness());
        return new RunSupervision(
                run,
                crew.launcher(),
                backups,
                questions,
                workloads,
                new SupervisionLoop(cadence, driver, ports, times, enough),
                () -> tellThePast(site, run, around.announcer()));
    }

    /** Nothing waits for whether it can be read: what shows it then begins with nothing. */
    private static Future<Void> tellThePast(Site site, RunRecord run, Announcer announcer) {
        return new PgPast(site.control)
                .of(run.id())
                .onSuccess(past -> past.ifPresent(announcer::began))
                .transform(read -> Future.succeededFuture());
    }

    /** Supervises until there is nothing left to do; where it fails, the worker is left to whoever goes on. */
    Future<RunRecord> run(Optional<String> doubt) {
        return beginning
                .get()
                .compose(v -> loop.run(doubt))
                .onSuccess(RunSupervision::tidy)
                .recover(failure -> backups.leave(begun.id())
                        .compose(v -> launcher.leave(begun.id()))
                        .transform(v -> Future.failedFuture(failure)))
                .eventually(questions::end)
                .eventually(workloads::end);
    }

    /** The worker parks and the lease is given back; whoever takes the run over goes on. */
    Future<Void> leave() {
        return loop.leave();
    }

    private static void tidy(RunRecord run) {
        if (run.state() instanceof Succeeded || run.state() instanceof Aborted) {
            try {
                Files.deleteIfExists(ChildProcess.output(run.id()));
            } catch (IOException e) {
                // It lies in a temporary directory.
                return;
            }
        }
    }
}
