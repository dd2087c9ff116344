package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.WorkerMain;
import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.process.ChildTools;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Login;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.schema.JournalInstaller;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Exit;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Migrations;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Tools;
import dev.nightshift.worker.Walks.Walk;
import dev.nightshift.worker.Worker;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A database with a journal, where a test plays the supervisor by SQL and lets real workers work. */
final class Stage implements AutoCloseable {

    private static final Migrations NO_MIGRATIONS = (step, record, attempt) -> {
        throw new AssertionError("no migration is wanted");
    };

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** As much WAL as a batch wants. */
    static final double UNLIMITED = Double.POSITIVE_INFINITY;

    final FreshDatabase database;
    final Login migrator;
    final Vertx vertx = EventLoops.create();
    final DatabaseUrl url;
    final PgSessions sessions;

    Stage() {
        this(new FreshDatabase());
    }

    Stage(FreshDatabase database) {
        this.database = database;
        this.migrator = database.migrator();
        this.url = DatabaseUrl.parse(migrator.url());
        this.sessions = PgSessions.of(vertx, url, Map.of("PGPASSWORD", migrator.password()));
        new JournalInstaller(database.login(), false).install();
    }

    /** A worker that was started, and how it leaves. */
    record Hired(Stop stop, CompletableFuture<Worker.Leaving> leaving) {

        Worker.Leaving left() {
            try {
                return leaving.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("the worker did not leave", e);
            }
        }
    }

    /** A run in state working whose steps are these lines of YAML; what ran before is over then. */
    RunId run(String... steps) {
        migrator.execute("UPDATE nightshift.runs SET state = 'succeeded', ended_at = clock_timestamp()"
                + " WHERE ended_at IS NULL");
        RunId id = RunId.random(new Random());
        PgLine line = new PgLine(sessions, SessionSettings.control("nightshift/supervisor/stage"));
        PgSession.await(new PgRuns(line).begin(id, plan(steps), "/plans/test.yaml", "test"), PATIENCE);
        line.close();
        migrator.update("UPDATE nightshift.runs SET state = 'working' WHERE id = ?", id.text());
        return id;
    }

    Claim claim(RunId run) {
        return new PgClaims(sessions).take(run, Mandate.WORK).orElseThrow();
    }

    Walk walk(BackfillStep step, Claim under) {
        return new PgWalks(sessions).open(step, 0, new Attempt(under, Mandate.WORK, sentence -> {}, new Stop()));
    }

    /** A run in state aborting, its permit revoked for good. */
    void abort(RunId run) {
        Cause cause = new Cause(Cause.Kind.OPERATOR, "test", "asked for");
        migrator.update(
                "UPDATE nightshift.runs SET state = 'aborting', detail = ?::jsonb WHERE id = ?",
                RunStates.detail(new Aborting(cause)).encode(),
                run.text());
        migrator.update(
                "INSERT INTO nightshift.permits (run_id, lease_token, valid_until, revoked)"
                        + " VALUES (?, gen_random_uuid(), '-infinity', true)"
                        + " ON CONFLICT (run_id) DO UPDATE SET valid_until = '-infinity', revoked = true",
                run.text());
        migrator.update("UPDATE nightshift.claims SET epoch = epoch + 1, token = NULL WHERE run_id = ?", run.text());
    }

    /** What a retry does with steps that failed or are unclear. */
    void reopen(RunId run, boolean abort) {
        UUID token = UUID.randomUUID();
        PgLine line = new PgLine(sessions, SessionSettings.control("nightshift/supervisor/stage"));
        PgLease lease = new PgLease(line, "test", token, System::nanoTime);
        PgSession.await(
                lease.acquire()
                        .compose(got -> new PgJournal(line, token).reopenSteps(run, abort))
                        .compose(v -> lease.release()),
                PATIENCE);
        line.close();
    }

    List<String> abortSteps(RunId run, Duration budget, String... steps) {
        return abortSteps(run, budget, () -> Allowance.UNLIMITED, steps);
    }

    List<String> abortSteps(RunId run, Duration budget, Supplier<Allowance> guards, String... steps) {
        return WorkerMain.abortSteps(sessions, NO_MIGRATIONS, tools()).carryOut(run, plan(steps), budget, guards);
    }

    /** A line that is {@code abort:} ends the steps and begins the abort plan. */
    Plan plan(String... steps) {
        String lines = String.join("\n  ", steps).replace("\n  abort:", "\nabort:");
        String text = "nightshift: 1\nname: test\ndatabase: {url: \"" + url
                + "\"}\nreplicas: none\nbackup: none\nsteps:\n  " + lines + "\n";
        PlanReading reading = PlanReader.read("/plans/test.yaml", text, Path.of("/plans"));
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        throw new AssertionError(reading.toString());
    }

    void permit(RunId run, String interval) {
        permit(run, interval, null);
    }

    void permit(RunId run, String interval, @org.jspecify.annotations.Nullable Long walRate) {
        migrator.update(
                "INSERT INTO nightshift.permits (run_id, lease_token, wal_rate, valid_until) VALUES (?, gen_random_uuid(), "
                        + walRate + ", clock_timestamp() + ?::interval) ON CONFLICT (run_id) DO UPDATE"
                        + " SET valid_until = excluded.valid_until, wal_rate = excluded.wal_rate",
                run.text(),
                interval);
    }

    Hired hire(RunId run) {
        return hire(run, sessions);
    }

    Hired hire(RunId run, PgSessions over) {
        Stop stop = new Stop();
        Worker worker = WorkerMain.worker(
                over,
                (record, plan, attempt) -> {
                    throw new AssertionError("no backup is wanted");
                },
                NO_MIGRATIONS,
                tools());
        return new Hired(stop, CompletableFuture.supplyAsync(() -> worker.run(run, stop), thread -> {
            Thread working = new Thread(thread, "worker of " + run);
            working.setDaemon(true);
            working.start();
        }));
    }

    private Tools tools() {
        return new ChildTools(url, Optional.of(migrator.password()), System.getenv());
    }

    /** What the journal says about the steps, for the message of a failed assertion. */
    String steps(RunId run) {
        return migrator.text(
                "SELECT string_agg(format('%s %s %s', ordinal, state, detail), E'\\n' ORDER BY ordinal)"
                        + " FROM nightshift.steps WHERE run_id = ?",
                run.text());
    }

    void worksUntilDone(RunId run) {
        Worker.Leaving leaving = hire(run).left();
        assertThat(leaving.exit()).as(() -> leaving + "\n" + steps(run)).isEqualTo(Exit.DONE);
    }

    String step(RunId run, int ordinal, String column) {
        return migrator.text(
                "SELECT coalesce((" + column + ")::text, '') FROM nightshift.steps WHERE run_id = ? AND ordinal = ?",
                run.text(),
                ordinal);
    }

    void awaitStep(RunId run, int ordinal, String state) {
        Await.until(
                "step " + ordinal + " is " + state,
                PATIENCE,
                () -> step(run, ordinal, "state").equals(state));
    }

    void awaitRows(RunId run, int ordinal, long rows) {
        Await.until(rows + " rows of step " + ordinal, PATIENCE, () -> rows(run, ordinal) >= rows);
    }

    /** What the run's worker said last that it is doing. */
    String activity(RunId run) {
        return migrator.text(
                "SELECT coalesce(max(activity), '') FROM nightshift.heartbeats WHERE run_id = ?", run.text());
    }

    long rows(RunId run, int ordinal) {
        return migrator.number(
                "SELECT coalesce(sum(rows), 0)::bigint FROM nightshift.progress WHERE run_id = ? AND step = ?",
                run.text(),
                ordinal);
    }

    @Override
    public void close() {
        vertx.close();
        database.close();
    }
}
