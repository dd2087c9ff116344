package dev.nightshift;

import dev.nightshift.cli.Supervision;
import dev.nightshift.cli.findings.LintDocument;
import dev.nightshift.drive.Announcer;
import dev.nightshift.drive.Event;
import dev.nightshift.drive.Lease;
import dev.nightshift.drive.PreflightWords;
import dev.nightshift.drive.Superseded;
import dev.nightshift.drive.SupervisionLoop;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.lint.LintWaivers;
import dev.nightshift.lint.Linted;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.schema.JournalInstaller;
import dev.nightshift.view.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Supervises one run in this process. */
final class LocalSupervision implements Supervision {

    /** A worker has five seconds to park; then it is killed, and that takes no time. */
    private static final long PATIENCE_TO_LEAVE_SECONDS = 8;

    private final Vertx vertx;
    private final Map<String, String> environment;
    private final Workforce workforce;
    private final RandomGenerator random = new SecureRandom();

    LocalSupervision(Vertx vertx, Map<String, String> environment, Workforce workforce) {
        this.vertx = vertx;
        this.environment = environment;
        this.workforce = workforce;
    }

    /** Looks before it writes: a plan that cannot run leaves no trace in the database. */
    @Override
    public Optional<RunRecord> run(Plan plan, Path file, String by, Announcer announcer) {
        try (Site site = new Site(vertx, plan.database(), environment)) {
            PreflightReport report =
                    site.preflight(site.reading(), workforce.startsImages()).look(plan);
            refuse(report);
            List<Linted> found = new LintGate(site.sessions, site.scripts()).pass(plan, file);
            List<Event> notes = new ArrayList<>(LintWaivers.of(found));
            notes.addAll(PreflightWords.remembered(report));
            site.installJournal(plan.waives(JournalInstaller.WAIVER, LocalDate.now(ZoneOffset.UTC)));
            Tenure tenure = Tenure.over(site.control, by);
            if (!Waiting.on(tenure.lease().acquire()).mine()) {
                return Optional.empty();
            }
            RunRecord run = Waiting.on(site.runs.begin(RunId.random(random), plan, file.toString(), by));
            Waiting.on(site.runs.found(run.id(), Json.line(LintDocument.kept(found))));
            for (Event note : notes) {
                Waiting.on(tenure.journal().note(run.id(), note));
            }
            return supervise(site, tenure, run, plan, Optional.empty(), announcer);
        }
    }

    @Override
    public Optional<RunRecord> takeOver(DatabaseUrl url, RunId id, Announcer announcer) {
        try (Site site = new Site(vertx, url, environment)) {
            site.installJournal(false);
            Tenure tenure = Tenure.over(
                    site.control, "resumed by " + ProcessHandle.current().pid());
            Lease.Answer lease = Waiting.on(tenure.lease().acquire());
            if (!lease.mine()) {
                return Optional.empty();
            }
            RunRecord run = Waiting.on(tenure.journal().load(id));
            return supervise(site, tenure, run, StoredPlans.of(run, url), lease.doubt(), announcer);
        }
    }

    private Optional<RunRecord> supervise(
            Site site, Tenure tenure, RunRecord run, Plan plan, Optional<String> doubt, Announcer announcer) {
        Surveillance around = new Surveillance(site.reading(), announcer, workforce, late -> {});
        RunSupervision supervision =
                RunSupervision.of(site, tenure, run, plan, around, SupervisionLoop.parksOrUnclear());
        Thread leave = new Thread(() -> leave(supervision), "leave");
        Runtime.getRuntime().addShutdownHook(leave);
        try {
            return Optional.of(Waiting.on(onLoop(() -> supervision.run(doubt))));
        } catch (Superseded e) {
            return Optional.empty();
        } finally {
            forget(leave);
        }
    }

    /** Everything of a driver happens on one event loop. */
    private <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> work) {
        Promise<T> result = Promise.promise();
        vertx.getOrCreateContext().runOnContext(v -> work.get().onComplete(result));
        return result.future();
    }

    /** Ctrl-C and SIGTERM: the worker parks and the lease is given back; whoever resumes the run goes on. */
    private void leave(RunSupervision supervision) {
        try {
            onLoop(supervision::leave)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_TO_LEAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            // The permit runs out by itself, and the worker parks when its pipe to this process ends.
            return;
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is what is running.
            return;
        }
    }

    private static void refuse(PreflightReport report) {
        if (report.refused()) {
            throw new Permanent(PreflightWords.refusal(report));
        }
    }
}
