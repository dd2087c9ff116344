package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.Machine.Volume;
import dev.nightshift.guards.preflight.StepSql.Effect;
import dev.nightshift.guards.reading.ByteSize;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server, the role and the machine are like. */
class ServerChecksTest {

    private final Healthy pair = new Healthy();

    @Test
    void versions_before_14_fail_and_those_after_18_are_told() {
        pair.version = 130_000;
        pair.assertOnly("PF-VERSION", Outcome.FAIL, "13 < 14");
        pair.version = 190_000;
        pair.assertOnly("PF-VERSION", Outcome.WARN, "19 is newer");
    }

    @Test
    void standbys_and_read_only_roles_take_no_writes() {
        pair.inRecovery = true;
        pair.assertOnly("PF-PRIMARY", Outcome.FAIL, "standby");
        pair.inRecovery = false;
        pair.settings = List.of(new Server.Setting("default_transaction_read_only", "on", "role migrator"));
        pair.assertOnly("PF-PRIMARY", Outcome.FAIL, "read-only: default_transaction_read_only = on (role migrator)");
    }

    @Test
    void a_role_needs_pg_monitor_and_owns_what_is_redefined() {
        pair.seesAll = false;
        pair.assertOnly("PF-ROLE", Outcome.FAIL, "lacks pg_monitor");
        pair.seesAll = true;
        pair.owned = false;
        assertThat(pair.faults()).isEmpty();
        pair.effects = EnumSet.of(Effect.OWNERS_ONLY);
        pair.assertOnly("PF-ROLE", Outcome.FAIL, "does not own public.t");
    }

    @Test
    void a_worker_of_a_superuser_is_not_supervised_by_a_plain_role() {
        pair.superusers = List.of("postgres");
        pair.assertOnly("PF-ROLE", Outcome.FAIL, "role migrator may not end their sessions: postgres");
    }

    @Test
    void fewer_than_ten_free_connections_are_too_few() {
        pair.freeConnections = 10;
        assertThat(pair.faults()).isEmpty();
        pair.freeConnections = 9;
        pair.assertOnly("PF-CONNECTIONS", Outcome.FAIL, "9 < 10");
    }

    @Test
    void timeouts_of_the_role_matter_to_sessions_that_inherit_them() {
        pair.settings = List.of(new Server.Setting("statement_timeout", "30s", "role migrator"));
        assertThat(pair.faults()).isEmpty();
        pair.schemaStep = true;
        pair.assertOnly("PF-TIMEOUTS", Outcome.WARN, "statement_timeout = 30s (role migrator)");
        pair.settings = List.of(new Server.Setting("statement_timeout", "0", "role migrator"));
        assertThat(pair.faults()).isEmpty();
    }

    @Test
    void transaction_numbers_warn_at_half_and_fail_at_what_the_run_brings_them_to() {
        pair.xidAge = 1_100_000_000L;
        pair.assertOnly("PF-WRAPAROUND", Outcome.WARN, "> 50 %");
        pair.xidAge = 1_500_000_000L;
        pair.forecasts = List.of(WalForecast.sampled("fill", "public.t", 5e9, 1, 1));
        pair.assertOnly("PF-WRAPAROUND", Outcome.FAIL, "> 70 %");
    }

    @Test
    void a_disk_that_is_seen_needs_room_and_one_that_is_not_is_told_with_what_is_needed() {
        pair.disk = Fact.of(new Volume("/data", ByteSize.ofMebibytes(200)));
        pair.assertOnly("PF-DISK", Outcome.FAIL, "free 200 MiB at /data < 220 MiB");
        pair.disk = Fact.unknown("the server is on another machine", "look");
        pair.assertOnly("PF-DISK", Outcome.WARN, "not measured: the server is on another machine; about 220 MiB");
    }

    @Test
    void a_backup_needs_its_program_and_its_absence_is_said() {
        PlannedBackup taken = pair.backup;
        pair.backup = PlannedBackup.none();
        pair.assertOnly("PF-BACKUP", Outcome.WARN, "takes none");
        pair.backup = taken;
        pair.dumpProgram = Fact.unknown("no pg_dump of version 15 or later", "install it");
        pair.assertOnly("PF-TOOLS", Outcome.FAIL, "no pg_dump of version 15");
    }
}
