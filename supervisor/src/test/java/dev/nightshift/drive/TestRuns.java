package dev.nightshift.drive;

import dev.nightshift.guards.reading.BlockedSession;
import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.guards.reading.ReplicaRow;
import dev.nightshift.guards.reading.WalPositions;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.plan.Step;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs, plans and commands for the tests of the driver. */
final class TestRuns {

    static final RunId ID = new RunId("7f3kmq");

    static final String PLAN = """
            nightshift: 1
            name: orders
            database: {url: "postgresql://migrator@127.0.0.1:5432/shop"}
            replicas: none
            backup: {dump: {directory: /tmp/backups, jobs: 1}}
            steps:
              - backfill:  {name: fill, table: public.orders, set: {n: "1"}, where: "n IS NULL"}
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY i ON public.orders (n)"}
            abort:
              - statement: {name: undo, sql: "DROP INDEX CONCURRENTLY IF EXISTS public.i"}
            """;

    private TestRuns() {}

    static Plan plan(String text) {
        PlanReading reading = PlanReader.read("test.yaml", text, Path.of("/tmp"));
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        throw new AssertionError(reading);
    }

    static FakeWorld world(Plan plan) {
        List<StepRecord> steps = new ArrayList<>();
        add(steps, plan.steps(), false);
        add(steps, plan.abort(), true);
        return new FakeWorld(
                new RunRecord(
                        ID,
                        plan.name(),
                        plan.hash().hex(),
                        plan.source(),
                        "/tmp/test.yaml",
                        0,
                        new Planned(Holders.NONE)),
                steps);
    }

    private static void add(List<StepRecord> all, List<Step> steps, boolean abort) {
        for (Step step : steps) {
            all.add(new StepRecord(
                    all.size(),
                    abort,
                    step.name(),
                    step.kind(),
                    step.statementClass().toString(),
                    StepRecord.State.PENDING,
                    OptionalLong.empty(),
                    0,
                    0,
                    0,
                    "",
                    Optional.empty()));
        }
    }

    /** A standby behind standby-a that has reached the beginning of WAL. */
    static ReplicaRow replica(String name) {
        WalPositions there = new WalPositions(new Lsn(1), new Lsn(1), new Lsn(1), new Lsn(1));
        return new ReplicaRow(name, null, null, "streaming", "async", there, Duration.ZERO, null, "standby-a");
    }

    static Intent intent(long id, Intent.Kind kind) {
        return new Intent(id, ID, kind, false, "because", "anna", "desk", Instant.EPOCH, false);
    }

    /** Thirty sessions that have waited for us for a minute: enough for the default abort threshold. */
    static List<BlockedSession> blocked() {
        List<BlockedSession> blocked = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            blocked.add(new BlockedSession(1000 + i, "shop", 1, Duration.ofMinutes(1)));
        }
        return blocked;
    }
}
