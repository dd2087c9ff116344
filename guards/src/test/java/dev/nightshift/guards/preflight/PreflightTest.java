package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.preflight.Activity.Transaction;
import dev.nightshift.guards.preflight.Activity.Vacuum;
import dev.nightshift.guards.preflight.Machine.Volume;
import dev.nightshift.guards.preflight.Replication.Archiver;
import dev.nightshift.guards.preflight.Replication.Slot;
import dev.nightshift.guards.preflight.Replication.Standby;
import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each fault makes its own check answer, and no other. */
class PreflightTest {

    private final Healthy pair = new Healthy();

    @Test
    void a_healthy_pair_passes_every_check() {
        PreflightReport report = Preflight.judge(pair.situation(), Map.of());

        assertThat(report.results()).allMatch(result -> result.outcome() == Outcome.PASS);
        assertThat(report.results()).extracting(CheckResult::check).containsExactly(PreflightCheck.values());
        assertThat(report.refused()).isFalse();
        assertThat(report.remarks()).isEmpty();
    }

    @Test
    void ids_are_unique_and_what_is_wrong_always_has_a_remedy() {
        assertThat(List.of(PreflightCheck.values()))
                .extracting(PreflightCheck::id)
                .doesNotHaveDuplicates();
        pair.seesAll = false;
        pair.standbys = Fact.unknown("hidden", "see PF-ROLE");
        pair.transactions = Fact.unknown("hidden", "see PF-ROLE");
        assertThat(Preflight.judge(pair.situation(), Map.of()).results())
                .filteredOn(result -> result.outcome() != Outcome.PASS)
                .hasSizeGreaterThan(4)
                .allMatch(result -> !result.remedy().isEmpty());
    }

    @Test
    void what_is_not_known_stops_a_run_unless_the_plan_waives_it() {
        pair.standbys = Fact.unknown("replicas are hidden", "see PF-ROLE");
        assertThat(Preflight.judge(pair.situation(), Map.of()).stopping())
                .extracting(result -> result.check().id(), CheckResult::outcome)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("PF-STANDBY-PRESENT", Outcome.UNKNOWN),
                        org.assertj.core.api.Assertions.tuple("PF-LAG-BYTES", Outcome.UNKNOWN),
                        org.assertj.core.api.Assertions.tuple("PF-LAG-TIME", Outcome.UNKNOWN));

        PreflightReport waived = Preflight.judge(
                pair.situation(), Map.of("PF-STANDBY-PRESENT", "why", "PF-LAG-BYTES", "why", "PF-LAG-TIME", "why"));
        assertThat(waived.refused()).isFalse();
        assertThat(waived.remarks())
                .hasSize(3)
                .allMatch(result -> result.waived().isPresent());
    }

    @Test
    void what_cannot_work_at_all_cannot_be_waived() {
        pair.problems = List.of(new StepProblem("there is no table public.t", "check the name"));
        assertThat(Preflight.judge(pair.situation(), Map.of("PF-STEP", "I know"))
                        .refused())
                .isTrue();
        assertOnly("PF-STEP", Outcome.FAIL, "no table public.t");
    }

    @Test
    void a_pooler_fails_its_check_and_nothing_else_is_believed() {
        PreflightReport report = Preflight.behindPooler("answers come from another backend");
        assertThat(report.refused()).isTrue();
        assertThat(report.results())
                .singleElement()
                .satisfies(result -> assertThat(result.check().id()).isEqualTo("PF-PGBOUNCER"));
    }

    @Test
    void versions_before_14_fail_and_those_after_18_are_told() {
        pair.version = 130_000;
        assertOnly("PF-VERSION", Outcome.FAIL, "13 < 14");
        pair.version = 190_000;
        assertOnly("PF-VERSION", Outcome.WARN, "19 is newer");
    }

    @Test
    void standbys_and_read_only_roles_take_no_writes() {
        pair.inRecovery = true;
        assertOnly("PF-PRIMARY", Outcome.FAIL, "standby");
        pair.inRecovery = false;
        pair.settings = List.of(new Server.Setting("default_transaction_read_only", "on", "role migrator"));
        assertOnly("PF-PRIMARY", Outcome.FAIL, "read-only: default_transaction_read_only = on (role migrator)");
    }

    @Test
    void a_role_needs_pg_monitor_and_owns_what_is_redefined() {
        pair.seesAll = false;
        assertOnly("PF-ROLE", Outcome.FAIL, "lacks pg_monitor");
        pair.seesAll = true;
        pair.owned = false;
        assertThat(faults()).isEmpty();
        pair.ownersOnly = Set.of("public.t");
        assertOnly("PF-ROLE", Outcome.FAIL, "does not own public.t");
    }

    @Test
    void fewer_than_ten_free_connections_are_too_few() {
        pair.freeConnections = 10;
        assertThat(faults()).isEmpty();
        pair.freeConnections = 9;
        assertOnly("PF-CONNECTIONS", Outcome.FAIL, "9 < 10");
    }

    @Test
    void timeouts_of_the_role_matter_to_sessions_that_inherit_them() {
        pair.settings = List.of(new Server.Setting("statement_timeout", "30s", "role migrator"));
        assertThat(faults()).isEmpty();
        pair.schemaStep = true;
        assertOnly("PF-TIMEOUTS", Outcome.WARN, "statement_timeout = 30s (role migrator)");
        pair.settings = List.of(new Server.Setting("statement_timeout", "0", "role migrator"));
        assertThat(faults()).isEmpty();
    }

    @Test
    void transaction_numbers_warn_at_half_and_fail_at_what_the_run_brings_them_to() {
        pair.xidAge = 1_100_000_000L;
        assertOnly("PF-WRAPAROUND", Outcome.WARN, "> 50 %");
        pair.xidAge = 1_500_000_000L;
        pair.forecasts = List.of(new WalForecast("fill", "public.t", 5e9, 1, 1));
        assertOnly("PF-WRAPAROUND", Outcome.FAIL, "> 70 %");
    }

    @Test
    void a_declared_standby_streams() {
        pair.standbys = Fact.of(List.of());
        assertOnly("PF-STANDBY-PRESENT", Outcome.FAIL, "standby-a is declared required and not connected");
        pair.standbys = Fact.of(
                List.of(new Standby("standby-a", null, "catchup", "async", 0L, 0L, null, Duration.ofSeconds(1))));
        assertOnly("PF-STANDBY-PRESENT", Outcome.FAIL, "in state catchup");
        pair.replicas = DeclaredReplicas.DISCOVER;
        pair.standbys = Fact.of(List.of());
        assertOnly("PF-STANDBY-PRESENT", Outcome.FAIL, "no standby is connected");
        pair.replicas = DeclaredReplicas.NONE;
        assertThat(faults()).isEmpty();
        pair.replicas = DeclaredReplicas.listed(List.of(Declared.of("standby-a", ReplicaClass.BEST_EFFORT)));
        assertOnly("PF-STANDBY-PRESENT", Outcome.WARN, "best-effort");
    }

    @Test
    void bytes_behind_warn_at_64_mib_and_fail_at_256() {
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 64 * Healthy.MIB, null, 1)));
        assertOnly("PF-LAG-BYTES", Outcome.WARN, "64 MiB >= 64 MiB");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 256 * Healthy.MIB, null, 1)));
        assertOnly("PF-LAG-BYTES", Outcome.FAIL, "256 MiB >= 256 MiB");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", null, null, 1)));
        assertOnly("PF-LAG-BYTES", Outcome.UNKNOWN, "has not told its position");
    }

    @Test
    void a_delayed_standby_is_judged_on_what_is_safe_on_it() {
        pair.replicas =
                DeclaredReplicas.listed(List.of(new Declared("standby-a", ReplicaClass.DELAYED, Duration.ofHours(1))));
        pair.standbys = Fact.of(List.of(new Standby(
                "standby-a",
                null,
                "streaming",
                "async",
                0L,
                900 * Healthy.MIB,
                Duration.ofHours(1),
                Duration.ofSeconds(1))));
        assertThat(faults()).isEmpty();
    }

    @Test
    void time_lag_counts_only_while_bytes_are_behind() {
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 0L, Duration.ofSeconds(40), 1)));
        assertThat(faults()).isEmpty();
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 1000L, Duration.ofSeconds(6), 1)));
        assertOnly("PF-LAG-TIME", Outcome.WARN, "6 s >= 5 s");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 1000L, Duration.ofSeconds(40), 1)));
        assertOnly("PF-LAG-TIME", Outcome.FAIL, "40 s >= 30 s");
        pair.standbys = Fact.of(List.of(Healthy.standby("standby-a", 1000L, null, 60)));
        assertOnly("PF-LAG-TIME", Outcome.UNKNOWN, "1 min ago > 20 s");
    }

    @Test
    void a_synchronous_quorum_needs_a_spare() {
        pair.syncNames = "ANY 1 (standby_a, standby_b)";
        pair.standbys = Fact.of(
                List.of(new Standby("standby-a", null, "streaming", "quorum", 0L, 0L, null, Duration.ofSeconds(1))));
        assertOnly("PF-SYNC-STANDBY", Outcome.FAIL, "1 <= 1 needed");
    }

    @Test
    void an_inactive_slot_warns_and_fails_above_1_gib() {
        pair.slots = List.of(new Slot("old", false, false, "reserved", null, 5 * Healthy.MIB));
        assertOnly("PF-SLOT-INACTIVE", Outcome.WARN, "slot old is inactive and keeps 5 MiB");
        pair.slots = List.of(new Slot("old", false, false, "extended", null, 2000 * Healthy.MIB));
        assertOnly("PF-SLOT-INACTIVE", Outcome.FAIL, "> 1 GiB");
    }

    @Test
    void a_slot_that_is_lost_fails_and_one_without_room_for_twice_the_forecast_is_told() {
        pair.slots = List.of(new Slot("standby_a", false, true, "lost", null, null));
        assertOnly("PF-SLOT-WAL-STATUS", Outcome.FAIL, "slot standby_a is lost");
        pair.slots = List.of(new Slot("standby_a", false, true, "reserved", 201 * Healthy.MIB, 0L));
        assertThat(faults()).isEmpty();
        pair.slots = List.of(new Slot("standby_a", false, true, "reserved", 199 * Healthy.MIB, 0L));
        assertOnly("PF-SLOT-WAL-STATUS", Outcome.WARN, "199 MiB");
    }

    @Test
    void archiving_that_fails_or_lags_by_more_than_42_segments_fails() {
        pair.archiver = new Archiver(true, true, "00000001 failed 3 s ago", 1);
        assertOnly("PF-ARCHIVER", Outcome.FAIL, "failed 3 s ago");
        pair.archiver = new Archiver(true, false, "", 43);
        assertOnly("PF-ARCHIVER", Outcome.FAIL, "43 > 42");
        pair.archiver = new Archiver(false, true, "once", 99);
        assertThat(faults()).isEmpty();
    }

    @Test
    void a_disk_that_is_seen_needs_room_and_one_that_is_not_is_told_with_what_is_needed() {
        pair.disk = Fact.of(new Volume("/data", ByteSize.ofMebibytes(200)));
        assertOnly("PF-DISK", Outcome.FAIL, "free 200 MiB at /data < 220 MiB");
        pair.disk = Fact.unknown("the server is on another machine", "look");
        assertOnly("PF-DISK", Outcome.WARN, "not measured: the server is on another machine; about 220 MiB");
    }

    @Test
    void a_transaction_fails_after_a_minute_on_a_touched_table_and_warns_after_five_anywhere() {
        pair.transactions = Fact.of(List.of(transaction(61, false, "public.t")));
        assertOnly("PF-LONG-XACT", Outcome.FAIL, "1 min 1 s > 1 min with a lock on public.t");
        pair.transactions = Fact.of(List.of(transaction(301, false)));
        assertOnly("PF-LONG-XACT", Outcome.WARN, "> 5 min");
        pair.transactions = Fact.of(List.of(transaction(59, false, "public.t"), transaction(200, false)));
        assertThat(faults()).isEmpty();
        pair.transactions = Fact.unknown("sessions are hidden", "see PF-ROLE");
        assertThat(faults())
                .extracting(result -> result.check().id())
                .containsExactly("PF-LONG-XACT", "PF-FOREIGN-DUMP");
    }

    @Test
    void a_dump_of_a_touched_table_fails_however_young() {
        pair.transactions = Fact.of(List.of(transaction(3, true, "public.t"), transaction(3, true)));
        assertOnly("PF-FOREIGN-DUMP", Outcome.FAIL, "dumps public.t");
    }

    @Test
    void waiters_vacuums_tools_and_base_backups_are_told() {
        pair.waiters = List.of("session 7 waits for AccessExclusiveLock on public.t");
        assertOnly("PF-LOCK-QUEUE", Outcome.FAIL, "session 7 waits");
        pair.waiters = List.of();
        pair.vacuums = Fact.of(List.of(new Vacuum("public.t", "session 8", true)));
        assertOnly("PF-VACUUM-ON-TABLE", Outcome.FAIL, "to prevent wraparound");
        pair.vacuums = Fact.of(List.of(new Vacuum("public.t", "session 8", false)));
        assertOnly("PF-VACUUM-ON-TABLE", Outcome.WARN, "session 8 vacuums public.t");
        pair.vacuums = Fact.of(List.of());
        pair.migrations = List.of("session 9 holds the advisory lock of Flyway");
        assertOnly("PF-SINGLETON", Outcome.FAIL, "Flyway");
        pair.migrations = List.of();
        pair.baseBackups = Fact.of(1L);
        assertOnly("PF-WINDOW", Outcome.WARN, "1 base backups");
    }

    @Test
    void invalid_indexes_fail_unless_the_plan_builds_them() {
        pair.invalidIndexes = List.of("public.t_a_idx");
        assertOnly("PF-INVALID-INDEX", Outcome.FAIL, "public.t_a_idx");
        pair.built = Set.of("public.t_a_idx");
        assertThat(faults()).isEmpty();
    }

    @Test
    void constraints_without_proof_warn_and_fail_where_a_step_relies_on_proof() {
        pair.unvalidated = List.of("t_a_check");
        assertOnly("PF-UNVALIDATED", Outcome.WARN, "t_a_check of public.t was never validated");
        pair.relies = true;
        pair.redefined = Set.of("public.t");
        assertOnly("PF-UNVALIDATED", Outcome.FAIL, "a step may rely on it");
        pair.proved = Set.of("t_a_check");
        assertThat(faults()).isEmpty();
    }

    @Test
    void stale_statistics_triggers_default_partitions_and_publications_are_told() {
        pair.changed = 300_000;
        assertOnly("PF-TABLE-SIZE", Outcome.WARN, "300,000 rows changed");
        pair.changed = 0;
        pair.rowTriggers = List.of("touch");
        assertOnly("PF-TRIGGERS", Outcome.WARN, "may fire touch");
        pair.rowTriggers = List.of();
        pair.eventTriggers = List.of("audit");
        assertThat(faults()).isEmpty();
        pair.redefined = Set.of("public.t");
        assertOnly("PF-TRIGGERS", Outcome.WARN, "event triggers audit");
        pair.eventTriggers = List.of();
        pair.defaultPartitions = List.of("public.t_rest");
        assertOnly("PF-PARENTS", Outcome.WARN, "public.t_rest");
        pair.defaultPartitions = List.of();
        pair.publications = List.of("cdc");
        assertOnly("PF-SUBSCRIPTIONS", Outcome.WARN, "published by cdc");
    }

    @Test
    void inbound_keys_are_only_shown() {
        pair.inboundKeys = List.of("lines_order_fkey of public.lines");
        assertThat(Preflight.judge(pair.situation(), Map.of()).results())
                .filteredOn(result -> result.check() == PreflightCheck.INBOUND_FK)
                .singleElement()
                .satisfies(result -> assertThat(result.seen()).contains("lines_order_fkey of public.lines"));
        assertThat(faults()).isEmpty();
    }

    @Test
    void a_backup_needs_its_program_and_its_absence_is_said() {
        pair.dumps = false;
        assertOnly("PF-BACKUP", Outcome.WARN, "takes none");
        pair.dumps = true;
        pair.dumpProgram = Fact.unknown("no pg_dump of version 15 or later", "install it");
        assertOnly("PF-TOOLS", Outcome.FAIL, "no pg_dump of version 15");
    }

    private static Transaction transaction(long seconds, boolean dump, String... touched) {
        return new Transaction("session 7 of reporting", Duration.ofSeconds(seconds), dump, List.of(touched));
    }

    private void assertOnly(String id, Outcome outcome, String said) {
        assertThat(faults()).singleElement().satisfies(result -> {
            assertThat(result.check().id()).isEqualTo(id);
            assertThat(result.outcome()).isEqualTo(outcome);
            assertThat(result.seen()).contains(said);
            assertThat(result.remedy()).isNotEmpty();
        });
    }

    private List<CheckResult> faults() {
        return Preflight.judge(pair.situation(), Map.of()).results().stream()
                .filter(result -> result.outcome() != Outcome.PASS)
                .toList();
    }
}
