package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Working;
import dev.nightshift.view.AuditEntry;
import dev.nightshift.view.AuditTrail;
import dev.nightshift.view.AuditTrail.Position;
import dev.nightshift.view.AuditTrail.Wanted;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Intents.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgAuditTrailIT {

    private static final Wanted ALL = new Wanted(Optional.empty(), Optional.empty(), Optional.empty());

    private final JournaledRun run = new JournaledRun();

    @AfterEach
    void drop() {
        run.close();
    }

    @Test
    void a_database_without_a_journal_has_none() {
        try (PgAccess access = run.access()) {
            assertThat(access.audit().page(ALL, Optional.empty(), 10))
                    .isEqualTo(new AuditTrail.Page(List.of(), Optional.empty()));
        }
    }

    @Test
    void who_began_and_asked_is_told_with_what_the_server_has_seen_of_them() {
        run.in(new Working());
        try (PgAccess access = run.access()) {
            access.intents().ask(asked(Intent.Kind.PAUSE, "ann@desk"));
            access.intents().alert(asked(Intent.Kind.PAUSE, "alert Lag (a1)"), "alert/1");
            access.intents().refused(asked(Intent.Kind.APPROVE, "bob@api"), "no step asks");
            access.intents().refused(asked(Intent.Kind.APPROVE, "bob@api"), "no step asks");
            Intent first = Patiently.done("test", run.journal.report(JournaledRun.ID))
                    .intents()
                    .get(0);
            Patiently.done("test", run.journal.observed(first, "paused"));

            List<AuditEntry> entries =
                    access.audit().page(ALL, Optional.empty(), 10).entries();

            assertThat(entries).extracting(AuditEntry::action).containsExactly("begin", "pause", "pause", "approve");
            assertThat(entries)
                    .extracting(AuditEntry::via)
                    .containsExactly(
                            AuditEntry.Via.DATABASE, AuditEntry.Via.DATABASE, AuditEntry.Via.ALERT, AuditEntry.Via.API);
            assertThat(entries.get(0).by()).isEqualTo("ann@desk");
            assertThat(entries.get(0).from()).isEqualTo("desk");
            assertThat(entries.get(1).outcome()).contains("paused");
            assertThat(entries.get(1).role()).contains(run.url.user());
            assertThat(entries.get(1).address()).contains("127.0.0.1");
            assertThat(entries.get(2).outcome()).isEmpty();
            assertThat(entries.get(3).refused()).isTrue();
            assertThat(entries.get(3).outcome()).contains("refused: no step asks");
            assertThat(Patiently.done("test", run.journal.report(JournaledRun.ID))
                            .intents())
                    .as("nobody carries out what was refused")
                    .hasSize(1);
        }
    }

    @Test
    void freezes_and_thaws_of_the_database_are_there_and_belong_to_no_run() {
        run.in(new Working());
        try (PgAccess access = run.access()) {
            access.freezes().freeze(new Freezes.Asked("year-end", "ann@desk", "desk"), Optional.empty());
            access.freezes().thaw(new Freezes.Asked("books are closed", "bob@api", "10.0.0.9"));

            List<AuditEntry> entries =
                    access.audit().page(ALL, Optional.empty(), 10).entries();

            assertThat(entries).extracting(AuditEntry::action).containsExactly("begin", "freeze", "thaw");
            assertThat(entries).extracting(AuditEntry::by).containsExactly("ann@desk", "ann@desk", "bob@api");
            assertThat(entries).extracting(AuditEntry::reason).endsWith("year-end", "books are closed");
            assertThat(entries.get(2).outcome()).contains("thawed: year-end");
            assertThat(entries.get(2).about()).isEmpty();
            Wanted ofTheRun = new Wanted(Optional.empty(), Optional.empty(), Optional.of(JournaledRun.ID));
            assertThat(access.audit().page(ofTheRun, Optional.empty(), 10).entries())
                    .hasSize(1);
        }
    }

    @Test
    void pages_follow_each_other_without_a_gap_and_old_partitions_take_no_command_along() {
        run.in(new Working());
        run.database.execute("INSERT INTO nightshift.intents (run_id, kind, reason, asked_by, asked_from, asked_at)"
                + " SELECT '7f3kmq', 'pause', n::text, 'ann@desk', 'desk', '2020-01-01Z'::timestamptz + (n / 3) * interval '1 us'"
                + " FROM generate_series(1, 25) n");
        run.database.execute("SELECT nightshift.keep_partitions(interval '1 day')");
        try (PgAccess access = run.access()) {
            List<AuditEntry> all =
                    access.audit().page(ALL, Optional.empty(), 100).entries();
            assertThat(all).hasSize(26).extracting(AuditEntry::at).isSorted();

            List<AuditEntry> paged = new ArrayList<>();
            Optional<Position> next = Optional.empty();
            do {
                AuditTrail.Page page = access.audit().page(ALL, next, 4);
                paged.addAll(page.entries());
                next = page.next();
            } while (next.isPresent());
            assertThat(paged).isEqualTo(all);

            Wanted some = new Wanted(
                    Optional.of(all.get(3).at()), Optional.of(all.get(25).at()), Optional.of(JournaledRun.ID));
            assertThat(access.audit().page(some, Optional.empty(), 100).entries())
                    .allMatch(entry -> entry.action().equals("pause"))
                    .hasSizeBetween(20, 25);
            assertThat(access.audit()
                            .page(
                                    new Wanted(Optional.empty(), Optional.empty(), Optional.of(new RunId("aaaaaa"))),
                                    Optional.empty(),
                                    9)
                            .entries())
                    .isEmpty();
        }
    }

    private static Asked asked(Intent.Kind kind, String by) {
        return new Asked(JournaledRun.ID, kind, false, "deploy", by, "desk");
    }
}
