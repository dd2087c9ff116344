package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import dev.nightshift.run.Working;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgUnattendedIT {

    private final JournaledRun journaled = new JournaledRun();
    private final PgLine control = new PgLine(journaled.sessions, SessionSettings.control("nightshift/serve/control"));
    private final PgLine sensing =
            new PgLine(journaled.sessions, SessionSettings.reading("nightshift/serve/sensing", Duration.ofSeconds(1)));
    private final AtomicLong nanos = new AtomicLong();
    private Optional<RunId> waits = Optional.empty();
    private final PgUnattended unattended =
            new PgUnattended(control, sensing, nanos::get, () -> Future.succeededFuture(waits));

    @AfterEach
    void close() {
        Patiently.done("test", control.close().transform(v -> sensing.close()));
        journaled.close();
    }

    @Test
    void finds_nothing_and_makes_nothing_where_no_journal_is_installed() {
        assertThat(look(unattended)).isEmpty();
        assertThat(journaled.database.migrator().truth("SELECT to_regnamespace('nightshift') IS NULL"))
                .isTrue();
    }

    @Test
    void finds_the_active_run_only_once_its_lease_is_given_back_or_has_expired() {
        journaled.in(new Working());
        assertThat(look(unattended)).isEmpty();

        Patiently.done("test", journaled.lease.release());
        assertThat(look(unattended)).contains(JournaledRun.ID);
    }

    @Test
    void asks_the_queue_where_nothing_is_active_and_leaves_it_alone_where_something_is() {
        journaled.in(new Working());
        Patiently.done("test", journaled.lease.release());
        waits = Optional.of(new RunId("222222"));
        journaled
                .database
                .migrator()
                .execute(
                        "INSERT INTO nightshift.runs"
                                + " (id, plan_name, plan_hash, plan_source, plan_file, created_by) VALUES ('222222', 'p', 'h', '', '/p', 'ann')");
        assertThat(look(unattended)).contains(JournaledRun.ID);

        journaled
                .database
                .migrator()
                .execute("UPDATE nightshift.runs SET state = 'succeeded', ended_at = clock_timestamp()"
                        + " WHERE state = 'working'");
        assertThat(look(unattended)).isEqualTo(waits);
    }

    @Test
    void the_process_without_the_lock_leaves_the_run_to_the_other_for_five_seconds() {
        journaled.in(new Working());
        Patiently.done("test", journaled.lease.release());
        assertThat(look(unattended)).contains(JournaledRun.ID);
        PgLine other = new PgLine(journaled.sessions, SessionSettings.control("nightshift/serve/other"));
        PgUnattended second = new PgUnattended(other, sensing, nanos::get, () -> Future.succeededFuture(waits));

        assertThat(look(second)).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(look(second)).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(look(second)).contains(JournaledRun.ID);
        assertThat(second.first()).isFalse();
        Patiently.done("test", other.close());
    }

    @Test
    void the_lock_passes_to_the_next_when_a_process_has_ended() {
        PgLine gone = new PgLine(journaled.sessions, SessionSettings.control("nightshift/serve/gone"));
        PgUnattended first = new PgUnattended(gone, sensing, nanos::get, () -> Future.succeededFuture(waits));
        look(first);
        look(unattended);
        assertThat(first.first()).isTrue();
        assertThat(unattended.first()).isFalse();

        Patiently.done("test", gone.close());
        dev.nightshift.sandbox.Await.until("the lock is taken", Duration.ofSeconds(20), () -> {
            look(unattended);
            return unattended.first();
        });
    }

    private static Optional<RunId> look(PgUnattended unattended) {
        return Patiently.done("test", unattended.look());
    }
}
