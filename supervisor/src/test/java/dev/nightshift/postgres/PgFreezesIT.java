package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.drive.Report;
import dev.nightshift.drive.Took;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Parked;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Working;
import dev.nightshift.view.Freezes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The freeze switch of a database, and what the journal knows of how long steps take. */
class PgFreezesIT {

    private static final Freezes.Asked ANNA = new Freezes.Asked("year-end closing", "anna@desk", "10.0.0.7");
    private static final Freezes.Asked BEN = new Freezes.Asked("incident 4711", "ben@desk", "10.0.0.8");

    private final JournaledRun journaled = new JournaledRun();

    @AfterEach
    void close() {
        journaled.close();
    }

    @Test
    void a_freeze_ends_the_permit_at_once_and_none_is_granted_until_a_thaw() {
        journaled.in(new Working());
        grant();
        assertThat(permitted()).isTrue();
        try (PgAccess access = journaled.access()) {
            access.freezes().freeze(ANNA, Optional.empty());
            assertThat(permitted()).isFalse();
            grant();
            assertThat(permitted()).isFalse();
            assertThat(report().freezes())
                    .singleElement()
                    .satisfies(freeze -> assertThat(freeze.words()).isEqualTo("frozen by anna@desk: year-end closing"));

            assertThat(access.freezes().thaw(BEN)).isEqualTo(1);
            assertThat(access.freezes().thaw(BEN)).isZero();
        }
        grant();
        assertThat(permitted()).isTrue();
        assertThat(
                        journaled.database.texts(
                                "SELECT kind || ': ' || message FROM nightshift.events WHERE kind IN ('frozen', 'thawed') ORDER BY id"))
                .containsExactly(
                        "frozen: anna@desk from 10.0.0.7: year-end closing",
                        "thawed: ben@desk from 10.0.0.8: incident 4711");
    }

    @Test
    void each_freeze_holds_until_its_own_end_and_the_same_again_is_the_same() {
        journaled.in(new Working());
        Instant soon = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        try (PgAccess access = journaled.access()) {
            long first = access.freezes().freeze(ANNA, Optional.of(soon));
            assertThat(access.freezes().freeze(ANNA, Optional.of(soon))).isEqualTo(first);
            long second = access.freezes().freeze(BEN, Optional.empty());
            assertThat(access.freezes().on()).extracting(Freeze::number).containsExactly(first, second);
            journaled.database.execute(
                    "UPDATE nightshift.freezes SET frozen_at = clock_timestamp() - interval '2 hours',"
                            + " until = clock_timestamp() WHERE id = " + first);

            assertThat(access.freezes().on()).extracting(Freeze::number).containsExactly(second);
            grant();
            assertThat(permitted()).isFalse();
            access.freezes().thaw(ANNA);
        }
        grant();
        assertThat(permitted()).isTrue();
    }

    @Test
    void what_a_person_types_into_psql_does_the_same() {
        journaled.in(new Working());
        grant();
        journaled.database.text("SELECT nightshift.freeze('everything else is down')");

        assertThat(permitted()).isFalse();
        assertThat(journaled.database.text("SELECT frozen_by || ' ' || frozen_from FROM nightshift.frozen"))
                .isEqualTo(journaled.database.text("SELECT session_user || ' ' || host(inet_client_addr())"));
        assertThatThrownBy(() -> journaled.database.text("SELECT nightshift.freeze(' ')"))
                .hasMessageContaining("reason");
        assertThat(journaled.database.text("SELECT nightshift.thaw('it is up again')"))
                .isEqualTo("1");
    }

    @Test
    void a_database_without_a_journal_says_so() {
        try (PgAccess access = journaled.access()) {
            assertThat(access.freezes().on()).isEmpty();
            assertThatThrownBy(() -> access.freezes().freeze(ANNA, Optional.empty()))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("no journal yet");
        }
    }

    @Test
    void a_permit_says_before_which_step_it_ends() {
        journaled.in(new Working());
        Patiently.done(
                "test",
                journaled.permits.grant(
                        JournaledRun.ID,
                        OptionalLong.empty(),
                        OptionalInt.of(1),
                        Instant.now().plusSeconds(600)));

        assertThat(journaled.database.text("SELECT before_step FROM nightshift.permits"))
                .isEqualTo("1");
        grant();
        assertThat(journaled.database.text("SELECT coalesce(before_step, -1) FROM nightshift.permits"))
                .isEqualTo("-1");
    }

    @Test
    void the_journal_knows_how_long_a_step_took_in_an_earlier_run_and_what_was_cut_off_in_this_one() {
        RunRecord run = journaled.in(new Working());
        journaled.database.execute(
                "INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, state, created_by, ended_at)"
                        + " SELECT 'a1b2c3', plan_name, '', '', '', 'succeeded', 'x', now() FROM nightshift.runs",
                "INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class, state, begun_at, ended_at)"
                        + " SELECT 'a1b2c3', part, ordinal, name, kind, class, 'done', now() - interval '90 seconds', now()"
                        + " FROM nightshift.steps WHERE name = 'fill'",
                "UPDATE nightshift.steps SET kind = 'statement', class = 'cancel-only', state = 'running',"
                        + " begun_at = clock_timestamp() WHERE run_id = '7f3kmq' AND name = 'before-contract'");
        journaled.move(run, new Parked(Holders.NONE));

        List<Took> took = Patiently.done("test", journaled.journal.timesBefore(JournaledRun.ID));

        assertThat(took).hasSize(2);
        assertThat(took)
                .contains(new Took("fill", Duration.ofSeconds(90), new RunId("a1b2c3"), true))
                .anySatisfy(one -> {
                    assertThat(one.step()).isEqualTo("before-contract");
                    assertThat(one.whole()).isFalse();
                    assertThat(one.time()).isPositive().isLessThan(Duration.ofMinutes(1));
                });
    }

    private Report report() {
        return Patiently.done("test", journaled.journal.report(JournaledRun.ID));
    }

    private void grant() {
        Patiently.done(
                "test",
                journaled.permits.grant(
                        JournaledRun.ID, OptionalLong.empty(), Instant.now().plusSeconds(600)));
    }

    private boolean permitted() {
        return journaled
                .database
                .text("SELECT valid_until > clock_timestamp() FROM nightshift.permits")
                .equals("true");
    }
}
