package dev.nightshift.postgres;

import dev.nightshift.drive.Event;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.schema.JournalInstaller;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A run in the journal of a database of its own, and a supervisor's lease on it. */
final class JournaledRun implements AutoCloseable {

    static final RunId ID = new RunId("7f3kmq");
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            window: {opens: "0 * * * *", lasts: 59m, zone: Europe/Paris}
            backup: none
            guards: {replica-lag: {hold: 7s}}
            steps:
              - backfill: {name: fill, table: public.orders, set: {total_cents: "1"}, where: total_cents IS NULL}
              - hold: {name: before-contract, until: approved}
            abort:
              - statement: {name: undo, sql: "ALTER TABLE public.orders DROP COLUMN IF EXISTS total_cents"}
            """;

    final FreshDatabase database = new FreshDatabase();
    final Vertx vertx = EventLoops.create();
    final DatabaseUrl url = DatabaseUrl.parse(database.migrator().url());
    final PgSessions sessions =
            new PgSessions(vertx, url, Optional.of(database.migrator().password()));
    final UUID token = UUID.randomUUID();
    final PgLine control = new PgLine(sessions, SessionSettings.control("nightshift/supervisor/control"));
    final PgLease lease = new PgLease(control, "ann@desk/1", token, System::nanoTime);
    final PgJournal journal = new PgJournal(control, token);
    final PgPermits permits = new PgPermits(control, token);

    void install() {
        new JournalInstaller(database.login(), false).install();
    }

    /** Installed, leased, begun, and in this state. */
    RunRecord in(RunState state) {
        install();
        Patiently.done("test", lease.acquire());
        RunRecord begun =
                Patiently.done("test", new PgRuns(control).begin(ID, plan(), "/plans/orders.yaml", "ann@desk"));
        Patiently.done("test", permits.adopt(ID));
        return move(begun, state);
    }

    RunRecord move(RunRecord run, RunState state) {
        return Patiently.done("test", journal.move(run, state, new Event("state", state.word(), "by the test")));
    }

    PgAccess access() {
        return PgAccess.open(sessions);
    }

    private Plan plan() {
        PlanReading reading = PlanReader.read("orders.yaml", PLAN, Path.of("/plans"), Optional.of(url));
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        throw new AssertionError(((PlanReading.Refused) reading).problems());
    }

    @Override
    public void close() {
        Patiently.done("test", control.close().transform(closed -> vertx.close()));
        database.close();
    }
}
