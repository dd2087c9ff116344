package dev.nightshift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.BackupRecord;
import dev.nightshift.drive.Past;
import dev.nightshift.drive.Report;
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
import dev.nightshift.guards.reading.SlotRow;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.BatchTimes;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.WorkPace;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunMetricsTest {

    private static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
    private static final String ONE = "{database=\"shop\",plan=\"orders\"";

    private Instant now = START;
    private String source = "";
    private StepRecord.State undo = StepRecord.State.PENDING;
    private final RunMetrics metrics = new RunMetrics("orders", "shop", "0.1.0", () -> now);

    @Test
    void counters_are_there_at_0_before_anything_happened() {
        for (String series : List.of(
                "nightshift_rows_total" + ONE + "}",
                "nightshift_wal_bytes_total" + ONE + "}",
                "nightshift_batches_total" + ONE.replace("plan", "outcome=\"committed\",plan") + "}",
                "nightshift_runs_total" + ONE.replace("plan", "outcome=\"succeeded\",plan") + "}",
                "nightshift_aborts_total" + ONE + ",trigger=\"guard\"}",
                "nightshift_backup_failures_total" + ONE + "}",
                "nightshift_guard_errors_total" + ONE + "}",
                "nightshift_guard_breaches_total{database=\"shop\",guard=\"replica-lag\",level=\"abort\",plan=\"orders\"}",
                "nightshift_throttle_seconds_total" + ONE + ",reason=\"replica-lag\"}",
                "nightshift_hold_seconds_total{database=\"shop\",holder=\"operator\",plan=\"orders\"}")) {
            assertThat(metrics.metrics()).contains(series + " 0.0\n");
        }
        assertThat(value("batch_duration_seconds_count")).isZero();
        assertThat(metrics.isReady()).isFalse();
    }

    @Test
    void a_tick_shows_state_progress_pace_replicas_and_guards() {
        metrics.ticked(tick(new Working(), Verdict.SLOW, 4e6));

        assertThat(value("run_state", "state=\"working\"")).isEqualTo(1);
        assertThat(value("run_state", "state=\"holding\"")).isZero();
        assertThat(value("progress_ratio")).isEqualTo(0.5);
        assertThat(value("rows_total")).isEqualTo(1500);
        assertThat(value("wal_bytes_total")).isEqualTo(48e6);
        assertThat(value("server_wal_bytes_per_second")).isEqualTo(12e6);
        assertThat(value("foreground_wal_bytes_per_second")).isEqualTo(3e6);
        assertThat(value("eta_seconds")).isEqualTo(15);
        assertThat(value("pace_bytes_per_second")).isEqualTo(4e6);
        assertThat(value("worker_rows_per_second")).isEqualTo(100);
        assertThat(value("replication_lag_seconds", "replica=\"standby-a\"")).isEqualTo(2.3);
        assertThat(value("replication_lag_bytes", "replica=\"standby-a\"", "stage=\"replay\""))
                .isEqualTo(14e6);
        assertThat(value("replication_lag_bytes", "replica=\"standby-b\"")).isNaN();
        assertThat(value("replication_lag_limit_seconds", "replica=\"standby-a\""))
                .isEqualTo(5);
        assertThat(value("replicas_expected")).isEqualTo(2);
        assertThat(value("replicas_connected")).isEqualTo(1);
        assertThat(value("guard_value", "guard=\"replica-lag\"")).isEqualTo(2.3);
        assertThat(value("guard_threshold", "guard=\"replica-lag\",level=\"hold\""))
                .isEqualTo(5);
        assertThat(value("backup_verified")).isEqualTo(1);
        assertThat(value("backup_duration_seconds")).isEqualTo(90);
        assertThat(value("supervisor_leader")).isEqualTo(1);
        assertThat(value("run_info", "run=\"7f3kmq\"")).isEqualTo(1);
        assertThat(value("supervisor_build_info", "version=\"0.1.0\"")).isEqualTo(1);
        assertThat(metrics.isReady()).isTrue();
    }

    @Test
    void batches_are_counted_by_their_time_and_none_twice_whichever_worker_tells_of_them() {
        BatchTimes before = BatchTimes.NONE.with(Duration.ofMillis(20));
        metrics.ticked(beating(1, before));
        assertThat(value("batch_duration_seconds_count"))
                .as("done before anybody looked")
                .isZero();

        BatchTimes more = before.with(Duration.ofMillis(400)).with(Duration.ofMillis(300));
        metrics.ticked(beating(1, more));
        metrics.ticked(beating(1, more));
        metrics.ticked(beating(2, BatchTimes.NONE.with(Duration.ofMillis(30))));

        assertThat(value("batch_duration_seconds_count")).isEqualTo(3);
        assertThat(value("batch_duration_seconds_sum")).isEqualTo(0.73);
        assertThat(value("batch_duration_seconds_bucket", "le=\"0.25\"")).isEqualTo(1);
        assertThat(value("batch_duration_seconds_bucket", "le=\"0.5\"")).isEqualTo(3);
        assertThat(value("batch_duration_seconds_bucket", "le=\"+Inf\"")).isEqualTo(3);
    }

    private Tick beating(long epoch, BatchTimes times) {
        Tick tick = tick(new Working(), Verdict.CLEAR, 4e6);
        WorkPace pace = new WorkPace(100, 1e6, 500, 480).with(times);
        Heartbeat beat = new Heartbeat(epoch, "desk", 7, Duration.ofSeconds(1), "fill", pace);
        Report report = tick.report();
        return new Tick(
                tick.run(),
                tick.judgement(),
                new Report(report.intents(), Optional.of(beat), report.steps(), report.backup()),
                tick.permitted(),
                tick.at(),
                tick.windowCloses());
    }

    @Test
    void a_breach_counts_once_while_it_lasts_and_its_time_adds_up() {
        metrics.ticked(tick(new Working(), Verdict.SLOW, 8e6));
        now = now.plusSeconds(1);
        metrics.ticked(tick(new Working(), Verdict.SLOW, 4e6));
        assertThat(value("pace_ratio")).isEqualTo(0.5);
        now = now.plusSeconds(600);
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 4e6));
        now = now.plusSeconds(1);
        metrics.ticked(tick(new Working(), Verdict.SLOW, 4e6));

        assertThat(value("guard_breaches_total", "guard=\"replica-lag\",level=\"slow\""))
                .isEqualTo(2);
        assertThat(value("throttle_seconds_total", "reason=\"replica-lag\"")).isEqualTo(2);
    }

    @Test
    void time_on_hold_is_counted_by_holder_and_an_unseen_gap_for_five_seconds_at_most() {
        RunState held = new Holding(Holders.of(List.of(new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy"))));
        metrics.ticked(tick(held, Verdict.CLEAR, 0));
        now = now.plusSeconds(1);
        metrics.ticked(tick(held, Verdict.CLEAR, 0));
        now = now.plusSeconds(3600);
        metrics.ticked(tick(held, Verdict.CLEAR, 0));

        assertThat(value("hold_seconds_total", "holder=\"operator\"")).isEqualTo(6);
        assertThat(value("holders", "holder=\"operator\"")).isEqualTo(1);
        assertThat(value("holders", "holder=\"guard\"")).isZero();
    }

    @Test
    void each_end_and_each_abort_counts_once() {
        Cause cause = new Cause(Cause.Kind.GUARD, "slots", "full");
        metrics.ticked(tick(new Aborting(cause), Verdict.ABORT, 0));
        metrics.ticked(tick(new Aborting(cause), Verdict.ABORT, 0));
        metrics.ticked(tick(new Aborted(cause), Verdict.ABORT, 0));

        assertThat(value("aborts_total", "trigger=\"guard\"")).isEqualTo(1);
        assertThat(value("runs_total", "outcome=\"aborted\"")).isEqualTo(1);
        metrics.ticked(tick(new Succeeded(), Verdict.CLEAR, 0));
        assertThat(value("run_last_success_timestamp_seconds")).isEqualTo((double) START.getEpochSecond());
        assertThat(value("supervisor_leader")).isZero();
    }

    @Test
    void readiness_ends_when_ticks_stop_and_the_heartbeat_goes_on() {
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 0));
        now = now.plusSeconds(20);
        metrics.beat();

        assertThat(metrics.isReady()).isFalse();
        assertThat(value("loop_heartbeat_timestamp_seconds")).isEqualTo((double) now.getEpochSecond());
    }

    @Test
    void no_name_or_label_is_free_of_the_conventions() {
        metrics.ticked(tick(new Working(), Verdict.SLOW, 4e6));

        assertThat(metrics.metrics()
                        .lines()
                        .filter(line -> line.startsWith("nightshift_") && !line.contains("_build_info{")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .matches("nightshift_[a-z0-9_]+\\{database=\"shop\",.*} \\S+")
                        .contains("plan=\"orders\""));
    }

    @Test
    void counts_go_on_from_what_the_journal_has() {
        metrics.began(past(new Working(), Map.of("succeeded", 4L, "aborted", 2L, "working", 1L)));

        assertThat(value("runs_total", "outcome=\"succeeded\"")).isEqualTo(4);
        assertThat(value("aborts_total", "trigger=\"operator\"")).isEqualTo(2);
        assertThat(value("aborts_total", "trigger=\"guard\"")).isZero();
        assertThat(value("backup_failures_total")).isEqualTo(3);
        assertThat(value("rows_total")).isEqualTo(1500);
        assertThat(value("batches_total")).isEqualTo(12);
        assertThat(value("run_start_timestamp_seconds")).isEqualTo(START.getEpochSecond() - 3600.0);
        assertThat(value("run_last_success_timestamp_seconds")).isEqualTo(START.getEpochSecond() - 7200.0);
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 0));
        metrics.ticked(tick(new Succeeded(), Verdict.CLEAR, 0));
        assertThat(value("runs_total", "outcome=\"succeeded\"")).isEqualTo(5);
    }

    @Test
    void an_abort_that_another_process_began_is_not_counted_again_and_its_time_goes_on() {
        Cause cause = new Cause(Cause.Kind.OPERATOR, "ann@desk", "deploy");
        metrics.began(past(new Aborting(cause), Map.of("aborting", 1L, "aborted", 1L)));
        metrics.ticked(tick(new Aborting(cause), Verdict.CLEAR, 0));
        now = now.plusSeconds(5);
        metrics.ticked(tick(new Aborted(cause), Verdict.CLEAR, 0));

        assertThat(value("aborts_total", "trigger=\"operator\"")).isEqualTo(2);
        assertThat(value("runs_total", "outcome=\"aborted\"")).isEqualTo(2);
        assertThat(value("abort_duration_seconds")).isEqualTo(65);
    }

    @Test
    void a_retried_abort_is_the_same_abort() {
        Cause cause = new Cause(Cause.Kind.GUARD, "slots", "full");
        metrics.ticked(tick(new Aborting(cause), Verdict.CLEAR, 0));
        metrics.ticked(tick(new AbortIncomplete(cause, List.of("DROP INDEX …")), Verdict.CLEAR, 0));
        metrics.ticked(tick(new Aborting(cause), Verdict.CLEAR, 0));

        assertThat(value("aborts_total", "trigger=\"guard\"")).isEqualTo(1);
        assertThat(value("runs_total", "outcome=\"abort-incomplete\"")).isEqualTo(1);
    }

    @Test
    void each_failure_of_an_abort_step_counts_once() {
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 0));
        assertThat(value("abort_step_failures_total", "step=\"undo\"")).isZero();
        undo = StepRecord.State.FAILED;
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 0));
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 0));

        assertThat(value("abort_step_failures_total", "step=\"undo\"")).isEqualTo(1);
    }

    @Test
    void what_was_measured_last_is_not_shown_once_the_run_has_ended() {
        metrics.ticked(tick(new Working(), Verdict.SLOW, 4e6));
        assertThat(metrics.metrics()).contains("nightshift_replication_lag_bytes{", "nightshift_guard_value{");
        assertThat(value("slot_retained_bytes", "slot=\"standby_a\"")).isEqualTo(5e6);
        metrics.ticked(tick(new Succeeded(), Verdict.CLEAR, 0));

        assertThat(metrics.metrics())
                .doesNotContain("nightshift_replication_lag_bytes{", "nightshift_guard_value{", "slot_retained_bytes{");
        assertThat(value("guard_last_check_timestamp_seconds")).isNaN();
        assertThat(value("worker_rows_per_second")).isNaN();
        assertThat(value("rows_total")).isEqualTo(1500);
    }

    @Test
    void a_window_is_closed_by_the_clock_whatever_the_run_does() {
        source = """
                nightshift: 1
                name: orders
                database: {url: "postgresql://me@localhost:5432/shop"}
                replicas: none
                backup: none
                window: {opens: "0 1 * * *", lasts: 4h, zone: UTC}
                steps:
                  - statement: {name: one, sql: "SELECT 1"}
                """;
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 1e6));
        assertThat(value("window_open")).isEqualTo(1);
        assertThat(value("backup_expected")).isZero();
        now = now.plus(Duration.ofHours(5));
        metrics.ticked(tick(new Working(), Verdict.CLEAR, 1e6));

        assertThat(value("window_open")).isZero();
    }

    @Test
    void a_supervisor_that_looks_on_shows_what_the_journal_has_and_nothing_that_moves() {
        ServiceMetrics service = new ServiceMetrics("0.1.0", () -> now);
        service.add("shop");
        service.run("shop", run(new Working())).ticked(tick(new Working(), Verdict.SLOW, 4e6));
        Cause cause = new Cause(Cause.Kind.GUARD, "slots", "full");
        service.idle("shop", past(new AbortIncomplete(cause, List.of()), Map.of("abort-incomplete", 1L)));

        assertThat(service.metrics())
                .contains("nightshift_run_state{database=\"shop\",plan=\"orders\",state=\"abort-incomplete\"} 1.0")
                .contains("nightshift_run_state{database=\"shop\",plan=\"orders\",state=\"working\"} 0.0")
                .contains("nightshift_supervisor_leader{database=\"shop\",plan=\"orders\"} 0.0")
                .contains("nightshift_run_supervised{database=\"shop\",plan=\"orders\"} 1.0")
                .contains("nightshift_rows_total{database=\"shop\",plan=\"orders\"} 1500.0")
                .doesNotContain("nightshift_guard_value{");
    }

    private double value(String name, String... labels) {
        Pattern line = Pattern.compile("nightshift_" + name + "\\{(.*)} (\\S+)");
        List<Double> found = metrics.metrics()
                .lines()
                .map(line::matcher)
                .filter(match -> match.matches() && List.of(labels).stream().allMatch(match.group(1)::contains))
                .map(match -> Double.parseDouble(match.group(2)))
                .toList();
        assertThat(found).as(name + List.of(labels)).hasSize(1);
        return found.get(0);
    }

    Tick tick(RunState state, Verdict verdict, double rate) {
        RunRecord run = run(state);
        Finding.Seen seen = new Finding.Seen("2.3 s", ">", "2 s");
        List<Finding> findings = verdict == Verdict.CLEAR
                ? List.of()
                : List.of(new Finding(GuardKind.REPLICA_LAG, "standby-a", verdict, 2.3, 2, seen, ""));
        Judgement judgement = new Judgement(
                now,
                verdict,
                findings,
                List.of(new Standing(GuardKind.REPLICA_LAG, "standby-a", verdict, 2.3, 0.46)),
                List.of(replica("standby-a", "streaming"), replica("standby-b", "gone for 12 s")),
                List.of(new SlotRow("standby_a", false, true, "reserved", null, 5_000_000L, null)),
                new PaceDecision(rate, PaceDecision.Step.KEEP, 0.4, 0.4, List.of()),
                new PaceTick.Flow(12e6, 9e6, 3e6));
        Report report = new Report(
                List.of(),
                Optional.of(
                        new Heartbeat(1, "desk", 7, Duration.ofSeconds(1), "fill", new WorkPace(100, 1e6, 500, 480))),
                steps(),
                Optional.of(new BackupRecord(
                        "b1",
                        "dump",
                        BackupRecord.State.VERIFIED,
                        "/b1",
                        "readable",
                        OptionalLong.of(412),
                        START,
                        Optional.of(START.plusSeconds(90)),
                        Optional.empty())));
        return new Tick(run, judgement, report, rate > 0, now, Optional.empty());
    }

    RunRecord run(RunState state) {
        return new RunRecord(new RunId("7f3kmq"), "orders", "0123", source, "/plans/orders.yaml", 1, state);
    }

    private Past past(RunState state, Map<String, Long> states) {
        Past.Runs runs = new Past.Runs(
                states,
                Map.of(Cause.Kind.OPERATOR, states.getOrDefault("aborted", 0L) + states.getOrDefault("aborting", 0L)),
                3,
                Optional.of(START.minusSeconds(7200)));
        return new Past(
                run(state), true, START.minusSeconds(3600), START.minusSeconds(60), steps(), Optional.empty(), runs);
    }

    private List<StepRecord> steps() {
        StepRecord fill = new StepRecord(
                0,
                false,
                "fill",
                "backfill",
                "pausable",
                StepRecord.State.RUNNING,
                OptionalLong.of(3000),
                1500,
                12,
                48_000_000,
                "",
                Optional.empty());
        StepRecord drop = new StepRecord(
                1, true, "undo", "statement", "atomic", undo, OptionalLong.empty(), 0, 0, 0, "", Optional.empty());
        return List.of(fill, drop);
    }

    private static ReplicaView replica(String name, String state) {
        boolean there = state.equals("streaming");
        return new ReplicaView(
                name,
                ReplicaClass.REQUIRED,
                state,
                "",
                there ? Duration.ofMillis(2300) : null,
                true,
                there ? new ByteSize(14_000_000) : null,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Duration.ofSeconds(5),
                null);
    }
}
