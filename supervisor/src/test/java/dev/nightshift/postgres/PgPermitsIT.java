package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Working;
import dev.nightshift.sandbox.Await;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgPermitsIT {

    private final JournaledRun run = new JournaledRun();
    private RunRecord record;

    @BeforeEach
    void begin() {
        record = run.in(new Working());
    }

    @AfterEach
    void drop() {
        run.close();
    }

    @Test
    void a_permit_that_went_with_a_crash_of_the_server_is_granted_anew() {
        run.database.migrator().execute("DELETE FROM nightshift.permits");

        grant(run.permits);

        assertThat(live()).isEqualTo("1");
    }

    @Test
    void a_supervisor_without_the_lease_grants_nothing() {
        run.database.migrator().execute("DELETE FROM nightshift.permits");

        grant(new PgPermits(run.control, UUID.randomUUID()));

        assertThat(live()).isEqualTo("0");
    }

    @Test
    void a_revoked_permit_is_not_granted_again() {
        Patiently.done("test", run.permits.revoke(JournaledRun.ID, false));

        grant(run.permits);

        assertThat(live()).isEqualTo("0");
    }

    @Test
    void a_run_on_hold_is_granted_nothing() {
        Holder guard = new Holder(Holder.Kind.GUARD, "guards", "replica lag standby-a 6 s > 5 s");
        run.move(record, new Holding(Holders.NONE.with(guard)));

        grant(run.permits);

        assertThat(live()).isEqualTo("0");
    }

    @Test
    void a_supervisor_whose_lease_ran_out_grants_nothing() {
        run.database.execute("UPDATE nightshift.lease SET expires_at = clock_timestamp() - interval '1 second'");

        grant(run.permits);

        assertThat(live()).isEqualTo("0");
    }

    @Test
    void a_permit_ends_five_seconds_after_its_reading_whenever_it_arrives() {
        Instant now = run.database
                .migrator()
                .one(OffsetDateTime.class, "SELECT clock_timestamp()")
                .toInstant();

        grant(run.permits, now.minusSeconds(6).plusSeconds(5));
        assertThat(live()).isEqualTo("0");

        grant(run.permits, now.plusSeconds(60));
        assertThat(live()).isEqualTo("1");
    }

    /** Its snapshot is from before the command, and the row's lock lets it go on after. */
    @Test
    void a_renewal_that_waits_for_a_pause_does_not_undo_it() throws SQLException {
        grant(run.permits);
        try (Connection person = run.database.connect("person")) {
            person.setAutoCommit(false);
            person.createStatement().execute("SELECT nightshift.ask('pause', 'deploy')");
            Future<Void> renewal = run.permits.grant(
                    JournaledRun.ID, OptionalLong.empty(), Instant.now().plusSeconds(60));
            Await.until(
                    "the renewal waits",
                    JournaledRun.PATIENCE,
                    () -> run.database
                            .text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND wait_event_type = 'Lock'")
                            .equals("1"));
            person.commit();
            Patiently.done("test", renewal);
        }
        assertThat(live()).isEqualTo("0");
    }

    private static void grant(PgPermits permits) {
        grant(permits, Instant.now().plusSeconds(60));
    }

    private static void grant(PgPermits permits, Instant end) {
        Patiently.done("test", permits.grant(JournaledRun.ID, OptionalLong.of(1_000_000), end));
    }

    private String live() {
        return run.database.text(
                "SELECT count(*) FROM nightshift.permits WHERE valid_until > clock_timestamp() AND NOT revoked");
    }
}
