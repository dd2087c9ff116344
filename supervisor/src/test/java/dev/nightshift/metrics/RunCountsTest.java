package dev.nightshift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.Report;
import dev.nightshift.drive.Reports;
import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.BatchTimes;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.WorkPace;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the metrics count, and that nothing is counted twice. */
class RunCountsTest extends MetricsScene {

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
                Reports.of(Optional.of(beat), report.steps(), report.backup()),
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
}
