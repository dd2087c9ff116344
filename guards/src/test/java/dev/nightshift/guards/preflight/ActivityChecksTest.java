package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.Activity.Transaction;
import dev.nightshift.guards.preflight.Activity.Vacuum;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others do on the server now. */
class ActivityChecksTest {

    private final Healthy pair = new Healthy();

    @Test
    void a_transaction_fails_after_a_minute_on_a_touched_table_and_warns_after_five_anywhere() {
        pair.transactions = Fact.of(List.of(transaction(61, false, "public.t")));
        pair.assertOnly("PF-LONG-XACT", Outcome.FAIL, "1 min 1 s > 1 min with a lock on public.t");
        pair.transactions = Fact.of(List.of(transaction(301, false)));
        pair.assertOnly("PF-LONG-XACT", Outcome.WARN, "> 5 min");
        pair.transactions = Fact.of(List.of(transaction(59, false, "public.t"), transaction(200, false)));
        assertThat(pair.faults()).isEmpty();
        pair.transactions = Fact.unknown("sessions are hidden", "see PF-ROLE");
        assertThat(pair.faults())
                .extracting(result -> result.check().id())
                .containsExactly("PF-LONG-XACT", "PF-FOREIGN-DUMP");
    }

    @Test
    void a_dump_of_a_touched_table_fails_however_young() {
        pair.transactions = Fact.of(List.of(transaction(3, true, "public.t"), transaction(3, true)));
        pair.assertOnly("PF-FOREIGN-DUMP", Outcome.FAIL, "dumps public.t");
    }

    @Test
    void waiters_vacuums_tools_and_base_backups_are_told() {
        pair.waiters = List.of("session 7 waits for AccessExclusiveLock on public.t");
        pair.assertOnly("PF-LOCK-QUEUE", Outcome.FAIL, "session 7 waits");
        pair.waiters = List.of();
        pair.vacuums = Fact.of(List.of(new Vacuum("public.t", "session 8", true)));
        pair.assertOnly("PF-VACUUM-ON-TABLE", Outcome.FAIL, "to prevent wraparound");
        pair.vacuums = Fact.of(List.of(new Vacuum("public.t", "session 8", false)));
        pair.assertOnly("PF-VACUUM-ON-TABLE", Outcome.WARN, "session 8 vacuums public.t");
        pair.vacuums = Fact.of(List.of());
        pair.migrations = List.of("session 9 holds the advisory lock of Flyway");
        pair.assertOnly("PF-SINGLETON", Outcome.FAIL, "Flyway");
        pair.migrations = List.of();
        pair.baseBackups = Fact.of(1L);
        pair.assertOnly("PF-WINDOW", Outcome.WARN, "1 base backup is running");
    }

    @Test
    void jobs_of_pg_cron_in_the_window_are_told_and_hidden_ones_are_said() {
        pair.hours = new Hours("opens Mon 01:00 UTC", List.of("nightly (0 3 * * *)"), false);
        pair.assertOnly("PF-WINDOW", Outcome.WARN, "pg_cron starts in that time: nightly (0 3 * * *)");
        pair.hours = new Hours("opens Mon 01:00 UTC", List.of(), true);
        assertThat(pair.faults()).isEmpty();
        assertThat(pair.seen(PreflightCheck.WINDOW)).contains("opens Mon 01:00 UTC", "its jobs are hidden");
    }

    @Test
    void what_would_carry_the_journal_away_fails() {
        pair.decoders = List.of("publication everything FOR ALL TABLES");
        pair.assertOnly("PF-PUBLICATION", Outcome.FAIL, "publication everything FOR ALL TABLES");
    }

    private static Transaction transaction(long seconds, boolean dump, String... touched) {
        return new Transaction(
                "session 7 of reporting",
                "SELECT pg_terminate_backend(7)",
                Duration.ofSeconds(seconds),
                dump,
                List.of(touched));
    }
}
