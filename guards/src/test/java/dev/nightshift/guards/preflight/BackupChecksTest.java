package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.Machine.DumpRoom;
import dev.nightshift.guards.preflight.PlannedBackup.Another;
import dev.nightshift.guards.preflight.PlannedBackup.Earlier;
import dev.nightshift.guards.preflight.PlannedBackup.Elsewhere;
import dev.nightshift.guards.preflight.PlannedBackup.Own;
import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run would go back to, and whether its tables are still those that it was made for. */
class BackupChecksTest {

    private static final Duration DAY = Duration.ofHours(24);

    private final Healthy pair = new Healthy();

    @Test
    void a_backup_that_is_young_enough_and_of_todays_tables_serves() {
        pair.backup = backup(new Earlier("7f3kmq-1", Duration.ofHours(3), List.of(), false));
        assertThat(pair.faults()).isEmpty();
        assertThat(pair.seen(PreflightCheck.BACKUP)).isEqualTo("backup 7f3kmq-1 serves, 3 h old of 24 h");
    }

    @Test
    void an_old_backup_and_one_of_other_tables_are_told() {
        pair.backup = backup(new Earlier("7f3kmq-1", Duration.ofHours(26), List.of(), false));
        pair.assertOnly("PF-BACKUP", Outcome.WARN, "will be 26 h old at the first write > 24 h (maxAge)");
        pair.backup =
                backup(new Earlier("7f3kmq-1", Duration.ofHours(3), List.of("public.t was redefined since"), false));
        pair.assertOnly("PF-BACKUP", Outcome.WARN, "does not serve: public.t was redefined since");
    }

    @Test
    void a_run_that_has_written_needs_the_backup_of_before() {
        pair.backup = new PlannedBackup(
                true,
                DAY,
                Optional.empty(),
                Optional.of(new Own(List.of("toc.dat is missing"))),
                Optional.empty(),
                Optional.empty());
        pair.assertOnly("PF-BACKUP", Outcome.FAIL, "this run has written, and toc.dat is missing");
    }

    @Test
    void a_backup_that_somebody_else_takes_is_told_with_what_nobody_has_looked_at() {
        pair.backup = elsewhere(Optional.empty(), List.of(), List.of("attested only"));
        pair.assertOnly("PF-BACKUP", Outcome.WARN, "a VolumeSnapshot of data-0: attested only");
        pair.backup = elsewhere(Optional.empty(), List.of("there is no claim data-0"), List.of("attested only"));
        pair.assertOnly("PF-BACKUP", Outcome.FAIL, "a VolumeSnapshot of data-0: there is no claim data-0");
        pair.backup = elsewhere(Optional.of(new Own(List.of())), List.of("there is no claim data-0"), List.of());
        assertThat(pair.faults()).as("the run has its backup already").isEmpty();
    }

    private static PlannedBackup elsewhere(Optional<Own> own, List<String> faults, List<String> doubts) {
        Elsewhere elsewhere = new Elsewhere("a VolumeSnapshot of data-0", faults, doubts);
        return PlannedBackup.elsewhere(Duration.ZERO, own, elsewhere);
    }

    @Test
    void a_dump_that_takes_longer_than_the_rest_of_the_window_is_not_started() {
        Earlier old = new Earlier("7f3kmq-1", Duration.ofHours(26), List.of(), false);
        pair.backup = backup(old, another(Duration.ofMinutes(90), Duration.ofMinutes(40)));
        pair.assertOnly(
                "PF-BACKUP", Outcome.FAIL, "by 7f3kmq-1 a dump takes about 1 h 30 min > 40 min left of the window");
        pair.backup = backup(
                old,
                Optional.of(
                        new Another("7f3kmq-1", Duration.ofMinutes(90), Duration.ofMinutes(40), Duration.ofHours(4))));
        pair.assertOnly("PF-BACKUP", Outcome.WARN, "> 40 min left of the window; the run waits for the next one");
        assertThat(Preflight.judge(pair.situation(), Map.of()).later())
                .hasValueSatisfying(why -> assertThat(why).contains("about 1 h 30 min > 40 min left"));
        assertThat(Preflight.judge(pair.situation(), Map.of("PF-BACKUP", "restored otherwise"))
                        .later())
                .isEmpty();
        pair.backup = backup(old, another(Duration.ofMinutes(30), Duration.ofMinutes(40)));
        pair.assertOnly("PF-BACKUP", Outcome.WARN, "will be 26 h old");
        Earlier young = new Earlier("7f3kmq-1", Duration.ofHours(3), List.of(), false);
        pair.backup = backup(young, another(Duration.ofMinutes(90), Duration.ofMinutes(40)));
        assertThat(pair.faults()).isEmpty();
    }

    private static Optional<Another> another(Duration takes, Duration rest) {
        return Optional.of(new Another("7f3kmq-1", takes, rest, rest));
    }

    @Test
    void a_dump_needs_a_directory_with_room() {
        pair.dumpRoom = Optional.of(Fact.of(room(true, 0.84)));
        assertThat(pair.faults()).isEmpty();
        pair.dumpRoom = Optional.of(Fact.of(room(true, 0.86)));
        pair.assertOnly("PF-TOOLS", Outcome.FAIL, "the volume will be 86 % full > 85 %");
        pair.dumpRoom = Optional.of(Fact.of(room(false, 0.1)));
        pair.assertOnly("PF-TOOLS", Outcome.FAIL, "may not write in /backups");
    }

    @Test
    void a_table_that_somebody_redefines_between_two_looks_is_told() {
        Map<String, String> before = Map.of("public.t", "00000000000000aa", "public.\"a, b\"", "00000000000000bb");
        pair.definitions = new Definitions(Fact.of(before), Optional.empty(), false);
        assertThat(pair.faults()).isEmpty();
        String line = "pass: " + pair.seen(PreflightCheck.DRIFT);
        assertThat(Definitions.parse(line)).contains(before);
        assertThat(Definitions.parse("warn: something else")).isEmpty();

        pair.definitions = new Definitions(Fact.of(before), Optional.of(before), false);
        assertThat(pair.faults()).isEmpty();
        Map<String, String> now = Map.of("public.t", "00000000000000cc");
        pair.definitions = new Definitions(Fact.of(now), Optional.of(before), false);
        pair.assertOnly("PF-DRIFT", Outcome.FAIL, "public.t was redefined");
        assertThat(pair.faults().get(0).seen()).contains("public.\"a, b\" is gone or has another name");
        assertThat(Definitions.parse(pair.faults().get(0).seen())).contains(now);

        pair.definitions = new Definitions(Fact.of(now), Optional.of(before), true);
        assertThat(pair.faults()).isEmpty();
        pair.definitions = new Definitions(Fact.unknown("DDL has it", "wait"), Optional.of(before), false);
        pair.assertOnly("PF-DRIFT", Outcome.UNKNOWN, "DDL has it");
    }

    private static PlannedBackup backup(Earlier latest) {
        return backup(latest, Optional.empty());
    }

    private static PlannedBackup backup(Earlier latest, Optional<Another> another) {
        return new PlannedBackup(true, DAY, Optional.of(latest), Optional.empty(), another, Optional.empty());
    }

    private static DumpRoom room(boolean writable, double fullness) {
        return new DumpRoom("/backups", writable, ByteSize.ofMebibytes(100), ByteSize.ofMebibytes(900), fullness, 0.85);
    }
}
