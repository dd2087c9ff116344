package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.drive.Event;
import dev.nightshift.drive.Superseded;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.queue.Admission;
import dev.nightshift.queue.Order;
import dev.nightshift.queue.Receipt;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Waiting;
import dev.nightshift.run.Working;
import dev.nightshift.view.Intents;
import dev.nightshift.view.QueueView;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgQueueIT {

    private static final Random RANDOM = new Random();

    private final JournaledRun journaled = new JournaledRun();
    private final PgRuns runs = new PgRuns(journaled.control);
    private final PgQueue queue = new PgQueue(journaled.control);

    @BeforeEach
    void install() {
        journaled.install();
    }

    @AfterEach
    void close() {
        journaled.close();
    }

    @Test
    void the_same_text_is_one_run_until_it_has_ended_however_often_it_is_submitted() {
        Receipt first = submit("one", 0);
        Receipt second = submit("one", 5);

        assertThat(first.outcome()).isEqualTo(Receipt.Outcome.SUBMITTED);
        assertThat(second.outcome()).isEqualTo(Receipt.Outcome.ALREADY);
        assertThat(second.run()).isEqualTo(first.run());
        assertThat(count("SELECT count(*) FROM nightshift.runs")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM nightshift.steps")).isEqualTo(1);
    }

    @Test
    void the_same_text_submitted_over_many_connections_at_once_is_one_run() {
        List<PgLine> lines = new ArrayList<>();
        List<Future<Receipt>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            PgLine line = new PgLine(journaled.sessions, SessionSettings.control("nightshift/submit"));
            lines.add(line);
            all.add(new PgRuns(line).submit(order("one", 0, Optional.empty(), "ann@desk"), List.of()));
        }
        Patiently.done("test", Future.join(all));

        assertThat(all.stream().map(Future::result).map(Receipt::run).distinct())
                .hasSize(1);
        assertThat(all.stream().map(Future::result).map(Receipt::outcome))
                .containsOnlyOnce(Receipt.Outcome.SUBMITTED)
                .doesNotContain(Receipt.Outcome.SUCCEEDED);
        lines.forEach(line -> Patiently.done("test", line.close()));
    }

    @Test
    void a_text_that_has_succeeded_is_submitted_again_only_with_a_reason() {
        Receipt first = submit("one", 0);
        Patiently.done("test", journaled.lease.acquire());
        RunRecord run = admit(first.run());
        journaled.move(run, new Succeeded());

        assertThat(submit("one", 0).outcome()).isEqualTo(Receipt.Outcome.SUCCEEDED);
        Receipt again = Patiently.done(
                "test", runs.submit(order("one", 0, Optional.of("restored from a backup"), "ann@desk"), List.of()));

        assertThat(again.outcome()).isEqualTo(Receipt.Outcome.SUBMITTED);
        assertThat(again.run()).isNotEqualTo(first.run());
        assertThat(text("SELECT message FROM nightshift.events WHERE run_id = '" + again.run() + "'"))
                .isEqualTo("plan one by ann@desk, again: restored from a backup");
    }

    @Test
    void one_is_admitted_at_a_time_and_the_next_only_when_it_has_ended() {
        Receipt first = submit("one", 0);
        Receipt second = submit("two", 0);
        Patiently.done("test", journaled.lease.acquire());
        assertThat(next()).contains(first.run());
        RunRecord admitted = admit(first.run());

        assertThat(next()).isEmpty();
        RunRecord other = Patiently.done("test", journaled.journal.load(second.run()));
        assertThatThrownBy(() -> journaled.move(other, new Waiting(Holders.NONE)))
                .isInstanceOf(Superseded.class)
                .hasMessageContaining("another run is active");

        journaled.move(admitted, new Succeeded());
        assertThat(next()).contains(second.run());
    }

    @Test
    void a_run_that_was_changed_since_it_was_read_is_not_admitted() {
        Receipt receipt = submit("one", 0);
        Patiently.done("test", journaled.lease.acquire());
        RunRecord read = Patiently.done("test", journaled.journal.load(receipt.run()));
        ask(receipt.run(), Intent.Kind.PAUSE, "ann@desk");

        assertThatThrownBy(() -> journaled.move(read, new Waiting(Holders.NONE)))
                .isInstanceOf(Superseded.class);
        assertThat(state(receipt.run())).isEqualTo("planned");
    }

    @Test
    void pause_and_resume_of_a_run_in_the_queue_hold_with_nobody_alive() {
        RunId run = submit("one", 0).run();

        assertThat(ask(run, Intent.Kind.PAUSE, "ann@desk")).isEqualTo("paused");
        assertThat(next()).isEmpty();
        assertThat(view().waiting())
                .singleElement()
                .satisfies(one -> assertThat(one.why()).isEqualTo("operator: why"));
        assertThat(ask(run, Intent.Kind.RESUME, "ann@desk")).isEqualTo("waits for its turn");
        assertThat(next()).contains(run);
    }

    @Test
    void an_aborted_run_of_the_queue_has_written_nothing_but_its_history() {
        RunId run = submit("one", 0).run();
        String objects = "SELECT count(*) FROM pg_class WHERE relnamespace <> 'nightshift'::regnamespace";
        long before = count(objects);

        assertThat(ask(run, Intent.Kind.ABORT, "ann@desk")).isEqualTo("aborted");

        assertThat(state(run)).isEqualTo("aborted");
        assertThat(count(objects)).isEqualTo(before);
        assertThat(count("SELECT count(*) FROM nightshift.permits")).isZero();
        assertThat(count("SELECT count(*) FROM nightshift.steps WHERE state <> 'pending'"))
                .isZero();
        assertThat(next()).isEmpty();
        assertThat(submit("one", 0).outcome()).isEqualTo(Receipt.Outcome.SUBMITTED);
    }

    @Test
    void a_plan_that_asks_for_it_waits_until_enough_others_have_approved() {
        RunId run = submit("approval: {people: 2}", "one", 0).run();
        assertThat(next()).isEmpty();

        assertThat(ask(run, Intent.Kind.APPROVE, "ann@api")).startsWith("not approved: ann submitted it");
        assertThat(ask(run, Intent.Kind.APPROVE, "bob@api")).startsWith("approved; 1 of 2 people besides ann");
        assertThat(ask(run, Intent.Kind.APPROVE, "bob@desk")).startsWith("approved; 1 of 2");
        assertThat(next()).isEmpty();
        assertThat(ask(run, Intent.Kind.APPROVE, "eve@desk")).isEqualTo("approved");

        assertThat(next()).contains(run);
        assertThat(text("SELECT string_agg(person || ' ' || plan_hash, ' ' ORDER BY person) FROM nightshift.approvals"))
                .isEqualTo("bob " + hash(run) + " eve " + hash(run));
    }

    @Test
    void approval_of_a_plan_that_asks_for_none_changes_nothing() {
        RunId run = submit("one", 0).run();

        assertThat(ask(run, Intent.Kind.APPROVE, "bob@api")).isEqualTo("nothing to do: its plan asks for no approval");
        assertThat(count("SELECT count(*) FROM nightshift.approvals")).isZero();
    }

    @Test
    void what_a_role_without_rights_on_the_tables_has_asked_is_settled_by_whoever_looks_next() {
        RunId run = submit("one", 0).run();
        text("SELECT nightshift.ask('pause', 'from psql', '" + run + "')");
        assertThat(state(run)).isEqualTo("planned");

        Admission admission = Patiently.done("test", queue.settleAndLook());

        assertThat(admission.next()).isEmpty();
        assertThat(count("SELECT count(*) FROM nightshift.intents WHERE outcome = 'paused'"))
                .isEqualTo(1);
    }

    @Test
    void nothing_begins_while_the_database_is_frozen_and_the_queue_says_so() {
        RunId run = submit("one", 0).run();
        text("SELECT nightshift.freeze('year-end closing')");

        assertThat(next()).isEmpty();
        assertThat(view().waiting().get(0).why())
                .startsWith("the database is frozen by")
                .endsWith(": year-end closing");

        text("SELECT nightshift.thaw('closed')");
        assertThat(next()).contains(run);
    }

    @Test
    void a_run_that_was_submitted_on_another_server_waits_until_somebody_resumes_it_here() {
        RunId run = submit("one", 0).run();
        journaled
                .database
                .migrator()
                .execute("UPDATE nightshift.runs SET submitted_on = submitted_on || '{\"system\": \"1\"}'");
        assertThat(next()).isEmpty();
        assertThat(view().waiting().get(0).why()).contains("another server");

        ask(run, Intent.Kind.RESUME, "ann@desk");
        assertThat(next()).contains(run);
    }

    @Test
    void a_run_that_ended_is_not_retried_beside_another_one() {
        Receipt first = submit("one", 0);
        Patiently.done("test", journaled.lease.acquire());
        RunRecord ended =
                journaled.move(admit(first.run()), new Aborted(new Cause(Cause.Kind.OPERATOR, "ann", "enough")));
        admit(submit("two", 0).run());

        assertThatThrownBy(() -> journaled.move(ended, new Working())).isInstanceOf(Superseded.class);
    }

    @Test
    void a_run_begun_by_hand_goes_before_the_queue_but_the_same_text_does_not() {
        RunId queued = submit("one", 0).run();

        assertThatThrownBy(() -> Patiently.done(
                        "test", runs.begin(RunId.random(RANDOM), plan("", "one"), "/plans/one.yaml", "ann@desk")))
                .hasMessageContaining("the same text waits in the queue");
        RunRecord begun = Patiently.done(
                "test", runs.begin(RunId.random(RANDOM), plan("", "two"), "/plans/two.yaml", "ann@desk"));

        assertThat(view().active().map(run -> run.id())).contains(begun.id());
        assertThat(view().waiting()).singleElement().satisfies(one -> {
            assertThat(one.run().id()).isEqualTo(queued);
            assertThat(one.why()).isEqualTo("run " + begun.id() + " is waiting");
        });
    }

    private Receipt submit(String name, int priority) {
        return submit("", name, priority);
    }

    private Receipt submit(String more, String name, int priority) {
        Order order = new Order(
                RunId.random(RANDOM),
                plan(more, name),
                "/plans/" + name + ".yaml",
                priority,
                Optional.empty(),
                "ann@desk",
                "desk");
        return Patiently.done("test", runs.submit(order, List.of()));
    }

    private Order order(String name, int priority, Optional<String> again, String by) {
        return new Order(RunId.random(RANDOM), plan("", name), "/plans/p.yaml", priority, again, by, "desk");
    }

    private Plan plan(String more, String name) {
        String text = "nightshift: 1\nname: " + name + "\nbackup: none\n" + more
                + "\nsteps:\n  - hold: {name: look, until: approved}\n";
        PlanReading reading = PlanReader.read("p.yaml", text, Path.of("/plans"), Optional.of(journaled.url));
        return ((PlanReading.Accepted) reading).plan();
    }

    private RunRecord admit(RunId run) {
        RunRecord planned = Patiently.done("test", journaled.journal.load(run));
        return Patiently.done(
                "test",
                journaled.journal.move(
                        planned, new Waiting(Holders.NONE), new Event("state", "waiting", "taken over")));
    }

    private Optional<RunId> next() {
        return Patiently.done("test", queue.settleAndLook()).next().map(RunRecord::id);
    }

    private QueueView view() {
        try (PgAccess access = journaled.access()) {
            return access.reader().queue();
        }
    }

    private String ask(RunId run, Intent.Kind kind, String by) {
        try (PgAccess access = journaled.access()) {
            long number = access.intents().ask(new Intents.Asked(run, kind, false, "why", by, "desk"));
            return access.intents().outcome(number).orElse("not observed");
        }
    }

    private String hash(RunId run) {
        return text("SELECT plan_hash FROM nightshift.runs WHERE id = '" + run + "'");
    }

    private String state(RunId run) {
        return text("SELECT state FROM nightshift.runs WHERE id = '" + run + "'");
    }

    private String text(String sql) {
        return journaled.database.migrator().text(sql);
    }

    private long count(String sql) {
        return journaled.database.migrator().number(sql);
    }
}
