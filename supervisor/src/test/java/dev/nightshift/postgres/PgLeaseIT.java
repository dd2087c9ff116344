package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.drive.Lease;
import dev.nightshift.drive.Superseded;
import dev.nightshift.plan.DatabaseUrl;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One supervisor at a time acts on a database, and it notices when the database is not the one it was. */
class PgLeaseIT {

    private final JournaledRun run = new JournaledRun();
    private final AtomicLong nanos = new AtomicLong();
    private final PgLease other = new PgLease(run.control, "bob@desk/2", UUID.randomUUID(), nanos::get);

    @BeforeEach
    void take() {
        run.install();
        assertThat(acquire(run.lease)).isEqualTo(new Lease.Answer(true, "ann@desk/1", Optional.empty()));
    }

    @AfterEach
    void drop() {
        run.close();
    }

    @Test
    void a_second_supervisor_stands_by_and_is_told_who_has_it() {
        Lease.Answer answer = acquire(other);

        assertThat(answer.mine()).isFalse();
        assertThat(answer.holder()).isEqualTo("ann@desk/1");
    }

    @Test
    void a_lease_that_ran_out_goes_to_the_next_and_the_first_one_learns_it() {
        before("expires_at = clock_timestamp() - interval '1 second'");

        assertThat(acquire(other)).isEqualTo(new Lease.Answer(true, "bob@desk/2", Optional.empty()));
        PgLease thawed = new PgLease(run.control, "ann@desk/1", run.token, () -> 0);
        assertThatThrownBy(() -> Patiently.done("test", thawed.keep())).isInstanceOf(Superseded.class);
    }

    @Test
    void it_is_renewed_every_two_seconds_and_not_more_often() {
        PgLease mine = new PgLease(run.control, "ann@desk/1", run.token, nanos::get);
        acquire(mine);
        String first = expiry();
        nanos.set(1_900_000_000L);
        Patiently.done("test", mine.keep());
        assertThat(expiry()).isEqualTo(first);
        nanos.set(2_100_000_000L);
        Patiently.done("test", mine.keep());
        assertThat(expiry()).isNotEqualTo(first);
    }

    @Test
    void a_journal_that_was_restored_into_another_cluster_is_doubted() {
        before("system_identifier = '7000000000000000000', expires_at = '-infinity'");

        assertThat(acquire(other).doubt())
                .hasValueSatisfying(
                        doubt -> assertThat(doubt).contains("another database cluster", "restored or cloned"));
    }

    @Test
    void a_journal_on_another_timeline_is_doubted() {
        before("timeline = timeline + 1, expires_at = '-infinity'");

        assertThat(acquire(other).doubt())
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("another timeline"));
    }

    @Test
    void a_lease_that_died_elsewhere_is_doubted_after_a_quarter_of_an_hour() {
        before("server_address = '192.0.2.7:5432', expires_at = clock_timestamp() - interval '14 minutes'");
        assertThat(acquire(other).doubt()).isEmpty();

        before("server_address = '192.0.2.7:5432', expires_at = clock_timestamp() - interval '16 minutes'");
        assertThat(acquire(run.lease).doubt())
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("another address", "192.0.2.7:5432"));
    }

    @Test
    void a_clone_of_the_database_is_doubted() {
        Patiently.done("test", run.lease.release());
        String clone = run.database.name() + "_clone";
        Patiently.done("test", run.control.close());
        run.database
                .superuser()
                .in("postgres")
                .execute("CREATE DATABASE " + clone + " TEMPLATE " + run.database.name() + " OWNER migrator");
        try {
            PgSessions sessions = new PgSessions(
                    run.vertx,
                    DatabaseUrl.parse(run.database.migrator().in(clone).url()),
                    Optional.of(run.database.migrator().password()));
            PgLine line = new PgLine(sessions, SessionSettings.control("nightshift/supervisor/control"));
            Lease.Answer answer = acquire(new PgLease(line, "bob@desk/2", UUID.randomUUID(), nanos::get));
            Patiently.done("test", line.close());

            assertThat(answer.mine()).isTrue();
            assertThat(answer.doubt())
                    .hasValueSatisfying(doubt -> assertThat(doubt).contains("restored or cloned"));
        } finally {
            run.database.superuser().in("postgres").execute("DROP DATABASE " + clone + " WITH (FORCE)");
        }
    }

    private static Lease.Answer acquire(PgLease lease) {
        return Patiently.done("test", lease.acquire());
    }

    private void before(String change) {
        run.database.execute("UPDATE nightshift.lease SET " + change);
    }

    private String expiry() {
        return run.database.text("SELECT expires_at FROM nightshift.lease");
    }
}
