package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.Report;
import dev.nightshift.drive.Reports;
import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.ReplicaView;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.guards.pace.PaceTick;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import dev.nightshift.view.Glance;
import dev.nightshift.view.GlanceTaker;
import dev.nightshift.view.RunSummary;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgRunReaderIT {

    private static final Holders OPERATOR = Holders.of(List.of(new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy")));

    private final JournaledRun run = new JournaledRun();

    @AfterEach
    void drop() {
        run.close();
    }

    @Test
    void a_database_without_a_journal_has_no_runs() {
        try (PgAccess access = run.access()) {
            assertThat(access.reader().status(Optional.empty())).isEmpty();
            assertThat(access.reader().runs(10)).isEmpty();
            assertThat(access.reader().backups(10)).isEmpty();
        }
    }

    @Test
    void a_status_holds_everything_that_the_journal_knows() {
        run.in(new Working());
        run.database.execute(
                "INSERT INTO nightshift.heartbeats VALUES ('7f3kmq', 3, 'desk', 4712, clock_timestamp() - interval '2 s',"
                        + " 'fill', '{\"rowsPerSecond\": 28100, \"walPerSecond\": 9.4e6, \"batchRows\": 2000, \"batchMillis\": 480}')",
                "UPDATE nightshift.steps SET state = 'running', rows_total = 3000, detail = '{\"note\": \"key walk\"}'"
                        + " WHERE name = 'fill'",
                "INSERT INTO nightshift.progress (run_id, step, rows, batches) VALUES ('7f3kmq', 0, 1840, 12)",
                "INSERT INTO nightshift.backups (id, run_id, kind, state, location, verification, bytes, verified_at)"
                        + " VALUES ('b1', '7f3kmq', 'dump', 'verified', '/backups/b1', 'readable', 412, clock_timestamp())");

        StatusView status = status();

        assertThat(status.run().plan()).isEqualTo("orders-total-cents");
        assertThat(status.run().state()).isEqualTo(new Working());
        assertThat(status.run().database()).isEqualTo(run.database.name());
        assertThat(status.run().startedAt()).isPresent();
        assertThat(status.supervised()).isTrue();
        assertThat(status.workerAlive()).isTrue();
        assertThat(status.worker().orElseThrow().age()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
        assertThat(status.step().orElseThrow())
                .satisfies(step -> assertThat(step.rowsDone()).isEqualTo(1840))
                .satisfies(step -> assertThat(step.rowsTotal()).hasValue(3000))
                .satisfies(step -> assertThat(step.note()).isEqualTo("key walk"));
        assertThat(status.backup().orElseThrow().bytes()).hasValue(412);
        assertThat(status.events()).extracting(event -> event.subject()).containsExactly("waiting", "working");
        assertThat(status.glance()).isEmpty();
    }

    @Test
    void what_a_restore_would_lose_is_told_and_not_judged() {
        run.in(new Working());
        run.database.execute(
                "INSERT INTO nightshift.backups (id, run_id, kind, state, location, verification, snapshot_lsn, verified_at)"
                        + " VALUES ('b1', '7f3kmq', 'dump', 'verified', '/backups/b1', 'readable',"
                        + " pg_current_wal_insert_lsn(), clock_timestamp())",
                "CREATE TABLE public.since AS SELECT repeat('x', 1000) AS text FROM generate_series(1, 1000)");

        assertThat(status().backup().orElseThrow().walSince().orElseThrow()).isGreaterThan(1_000_000);
        try (PgAccess access = run.access()) {
            assertThat(access.reader().backups(10).get(0).walSince().orElseThrow())
                    .isGreaterThan(1_000_000);
        }
        run.database.execute("UPDATE nightshift.backups SET snapshot_lsn = 'FFFFFFFF/0'");
        assertThat(status().backup().orElseThrow().walSince())
                .as("of another cluster")
                .isEmpty();
    }

    @Test
    void the_backup_that_counts_is_shown_however_old_what_it_holds_is() {
        run.in(new Working());
        run.database.execute(
                "INSERT INTO nightshift.backups (id, run_id, kind, state, location, verification, started_at, verified_at) VALUES"
                        + " ('7f3kmq-1', '7f3kmq', 'external', 'failed', 'x', 'attested', clock_timestamp(), NULL),"
                        + " ('7f3kmq-2', '7f3kmq', 'external', 'verified', 'y', 'attested',"
                        + " clock_timestamp() - interval '5 hours', clock_timestamp())");

        assertThat(status().backup().orElseThrow().id()).isEqualTo("7f3kmq-2");
        run.database.execute("UPDATE nightshift.backups SET state = 'failed', verified_at = NULL");
        assertThat(status().backup().orElseThrow().id()).isEqualTo("7f3kmq-2");
    }

    @Test
    void a_lease_that_was_given_back_is_nobodys() {
        run.in(new Holding(OPERATOR));
        Patiently.done("test", run.lease.release());

        assertThat(status().supervised()).isFalse();
        assertThat(status().run().state().holders()).isEqualTo(OPERATOR);
    }

    @Test
    void what_a_supervisor_saw_comes_back_as_it_was() {
        RunRecord record = run.in(new Working());
        Tick tick = tick(record);

        new PgGlances(run.control).ticked(tick);
        Glance left = new GlanceTaker().take(tick.judgement(), tick.at());
        // The same line answers in order: when this comes back, the glance is written.
        Patiently.done("test", run.journal.load(JournaledRun.ID));

        StatusView status = status();
        assertThat(status.glance()).contains(left);
        assertThat(status.window().orElseThrow())
                .satisfies(window -> assertThat(window.zone().getId()).isEqualTo("Europe/Paris"))
                .satisfies(window -> assertThat(window.changesAt()).isAfter(status.at()));
    }

    @Test
    void the_active_run_comes_before_a_newer_one_that_ended_and_any_can_be_named() {
        run.in(new Working());
        run.database.execute(
                "INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, state,"
                        + " created_by, ended_at) VALUES ('zzzzzz', 'p', 'h', 's', 'f', 'succeeded', 'bob@desk', clock_timestamp())");

        assertThat(status().run().id()).isEqualTo(JournaledRun.ID);
        try (PgAccess access = run.access()) {
            RunId other = new RunId("zzzzzz");
            assertThat(access.reader()
                            .status(Optional.of(other))
                            .orElseThrow()
                            .run()
                            .by())
                    .isEqualTo("bob@desk");
            assertThat(access.reader().status(Optional.of(new RunId("aaaaaa")))).isEmpty();
            assertThat(access.reader().runs(10)).extracting(RunView::id).containsExactly(other, JournaledRun.ID);
        }
    }

    @Test
    void a_summary_adds_up_what_the_journal_has() {
        RunRecord record = run.in(new Working());
        run.database.execute(
                "INSERT INTO nightshift.progress (run_id, step, rows, batches) VALUES ('7f3kmq', 0, 3000, 12)",
                event("slowed", "standby-a", "replica lag standby-a 2.3 s > 2 s", 100),
                event("full-pace", "standby-a", "9.6 MB/s of WAL", 90),
                event("held", "guard", "replica lag standby-a 7.1 s > 7 s", 80),
                event("released", "guard", "by guards", 50),
                "INSERT INTO nightshift.readings SELECT clock_timestamp() - s * interval '1 s', '7f3kmq', 'replica-lag',"
                        + " 'standby-a', s / 10.0 FROM generate_series(1, 71) s");
        run.move(record, new Succeeded());

        try (PgAccess access = run.access()) {
            RunSummary summary = access.reader().summary(JournaledRun.ID).orElseThrow();

            assertThat(summary.rows()).isEqualTo(3000);
            assertThat(summary.took()).isPositive();
            assertThat(summary.peaks())
                    .singleElement()
                    .satisfies(peak -> assertThat(peak.signal()).isEqualTo("replica lag"))
                    .satisfies(peak -> assertThat(peak.value()).isEqualTo("7.1 s"))
                    .satisfies(peak -> assertThat(peak.limit()).isEqualTo("7 s"));
            assertThat(summary.interruptions())
                    .extracting(
                            i -> i.kind() + " " + i.reason() + " " + i.took().toSeconds())
                    .containsExactly("held replica lag standby-a > 7 s 30", "slowed replica lag standby-a > 2 s 10");
            assertThat(summary.next()).startsWith("nothing");
        }
    }

    private StatusView status() {
        try (PgAccess access = run.access()) {
            return access.reader().status(Optional.empty()).orElseThrow();
        }
    }

    private static String event(String kind, String subject, String message, int secondsAgo) {
        return "INSERT INTO nightshift.events (at, run_id, kind, subject, message) VALUES (date_trunc('second',"
                + " clock_timestamp()) - interval '" + secondsAgo + " s', '7f3kmq', '" + kind + "', '" + subject
                + "', '"
                + message + "')";
    }

    private static Tick tick(RunRecord record) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Finding.Seen seen = new Finding.Seen("2.3 s", ">", "2 s");
        Judgement judgement = new Judgement(
                now,
                Verdict.SLOW,
                List.of(new Finding(GuardKind.REPLICA_LAG, "standby-a", Verdict.SLOW, 2.3, 2, seen, "")),
                List.of(new Standing(GuardKind.REPLICA_LAG, "standby-a", Verdict.SLOW, 2.3, 0.33)),
                List.of(new ReplicaView(
                        "standby-a",
                        ReplicaClass.REQUIRED,
                        "streaming",
                        "",
                        Duration.ofMillis(2300),
                        true,
                        new ByteSize(14_000_000),
                        OptionalDouble.of(10.8e6),
                        OptionalDouble.empty(),
                        Duration.ofSeconds(7),
                        null)),
                List.of(),
                new PaceDecision(
                        Double.POSITIVE_INFINITY, PaceDecision.Step.UNLIMITED, 0.3, 0.3, List.of("0.9 × capacity")),
                PaceTick.Flow.UNKNOWN);
        Report report = Reports.of(Optional.empty(), List.of(), Optional.empty());
        return new Tick(record, judgement, report, true, now, Optional.empty());
    }
}
