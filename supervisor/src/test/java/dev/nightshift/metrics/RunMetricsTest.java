package dev.nightshift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Working;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the metrics show of the last tick. */
class RunMetricsTest extends MetricsScene {

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
}
