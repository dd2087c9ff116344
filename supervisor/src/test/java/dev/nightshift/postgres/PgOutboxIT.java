package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.announce.Decision;
import dev.nightshift.announce.Decision.Message;
import dev.nightshift.announce.Occurrence;
import dev.nightshift.announce.Outbox;
import dev.nightshift.announce.Receivers;
import dev.nightshift.announce.Sight;
import dev.nightshift.drive.Event;
import dev.nightshift.plan.Happening;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Working;
import dev.nightshift.view.Intents;
import dev.nightshift.view.Notification;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgOutboxIT {

    private final JournaledRun run = new JournaledRun();
    private final Receiver ops = Receivers.at("http://127.0.0.1:1/");
    private final PgOutbox outbox = new PgOutbox("shop", run.sessions);

    @AfterEach
    void close() {
        Patiently.done("test", outbox.close());
        run.close();
    }

    @Test
    void whoever_looked_before_there_was_a_journal_is_told_from_its_first_event_on() {
        assertThat(look(outbox)).isEmpty();
        run.in(new Working());

        assertThat(sight(outbox).fresh())
                .extracting(Occurrence::happening)
                .containsExactly(Happening.WAITING, Happening.WORKING);
    }

    @Test
    void a_receiver_that_is_new_to_a_journal_is_told_what_happens_from_then_on() {
        RunRecord working = run.in(new Working());
        assertThat(sight(outbox).due()).isEmpty();
        Holder holder = new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy");
        Event held = new Event("held", "operator", "ann@desk: deploy");
        Patiently.done("test", run.journal.move(working, new Holding(Holders.of(List.of(holder))), held));

        List<Occurrence> fresh = sight(outbox).fresh();

        assertThat(fresh).hasSize(1);
        assertThat(fresh.get(0).happening()).isEqualTo(Happening.HELD);
        assertThat(fresh.get(0).state()).isEqualTo("holding");
        decide(fresh);
        Notification due = sight(outbox).due().get(0);
        assertThat(due.by()).contains("ann@desk");
        assertThat(due.reason()).isEqualTo("ann@desk: deploy");
        assertThat(due.database()).isEqualTo("shop");
        assertThat(due.plan()).isEqualTo("orders-total-cents");
        assertThat(due.state()).isEqualTo("holding");
    }

    @Test
    void a_message_says_the_same_each_time_until_it_is_told_and_then_never_again() {
        RunRecord working = enrolled();
        Explanation why = new Explanation("no space", "dumping", Explanation.NOTHING_CHANGED, "make room");
        run.move(working, new Failed(new Failure(Failure.Kind.BACKUP, why)));
        decide(sight(outbox).fresh());

        Notification first = sight(outbox).due().get(0);
        run.database.execute("UPDATE nightshift.runs SET detail = '{}', state = 'aborted'");
        assertThat(sight(outbox).due()).containsExactly(first);
        assertThat(first.happening()).isEqualTo(Happening.BACKUP_FAILED);
        assertThat(first.todo()).contains("make room");
        assertThat(first.id()).matches("7f3kmq-\\d+-[0-9a-z]+");

        Patiently.done("test", outbox.ended(ops, first, Outbox.End.TOLD, "HTTP 200"));
        assertThat(sight(outbox).due()).isEmpty();
        assertThat(sight(outbox).fresh()).isEmpty();
        assertThat(run.database.text("SELECT state || ' ' || answer FROM nightshift.deliveries"))
                .isEqualTo("told HTTP 200");
    }

    @Test
    void what_is_given_up_is_in_the_history_of_the_run_and_is_told_to_nobody() {
        RunRecord working = enrolled();
        run.move(working, new Working());
        decide(sight(outbox).fresh());
        Notification due = sight(outbox).due().get(0);

        Patiently.done("test", outbox.ended(ops, due, Outbox.End.GIVEN_UP, "HTTP 503"));

        assertThat(run.database.text("SELECT subject || ' ' || message FROM nightshift.events WHERE kind = 'not-told'"))
                .isEqualTo("ops was not told of working (event " + due.id().split("-", -1)[1] + "): HTTP 503");
        assertThat(sight(outbox).fresh()).isEmpty();
        assertThat(sight(outbox).due()).isEmpty();
    }

    @Test
    void several_events_in_one_message_are_counted_and_those_passed_over_are_not_told() {
        RunRecord working = enrolled();
        RunRecord again = run.move(working, new Working());
        RunRecord third = run.move(again, new Working());
        run.move(third, new Working());
        List<Occurrence> fresh = sight(outbox).fresh();
        assertThat(fresh).hasSize(3);
        Decision decision = new Decision(
                List.of(new Message(fresh.subList(1, 3))),
                List.of(fresh.get(0)),
                fresh.get(2).id());
        Patiently.done("test", outbox.decide(ops, decision));

        Sight sight = sight(outbox);

        assertThat(sight.due()).hasSize(1);
        assertThat(sight.due().get(0).count()).isEqualTo(2);
        assertThat(sight.due().get(0).since()).isEqualTo(fresh.get(1).at());
        assertThat(sight.due().get(0).at()).isEqualTo(fresh.get(2).at());
        assertThat(sight.upto()).isEqualTo(fresh.get(2).id());
    }

    @Test
    void an_event_that_comes_to_light_after_a_later_one_is_told() {
        RunRecord working = enrolled();
        long skipped = Long.parseLong(run.database.text("SELECT nextval('nightshift.events_id')"));
        run.move(working, new Working());
        decide(sight(outbox).fresh());
        run.database.execute("INSERT INTO nightshift.events (id, run_id, kind, subject, message) VALUES (" + skipped
                + ", '7f3kmq', 'promoted', 'working', 'late')");

        assertThat(sight(outbox).fresh()).extracting(Occurrence::id).containsExactly(skipped);
    }

    @Test
    void one_process_tells_a_receiver_and_the_next_one_does_when_it_is_gone() {
        enrolled();
        PgOutbox other = new PgOutbox("shop", run.sessions);
        Receiver chat = Receivers.with("chat", ops.url(), Receiver.Format.JSON, Optional.empty());

        assertThat(look(other)).isEmpty();
        assertThat(Patiently.done("test", other.look(chat))).isPresent();
        Patiently.done("test", outbox.close());
        long end = System.nanoTime() + 20_000_000_000L;
        while (look(other).isEmpty()) {
            assertThat(System.nanoTime()).as("the lock is free within 20 s").isLessThan(end);
        }
        Patiently.done("test", other.close());
    }

    @Test
    void a_command_is_told_with_who_asked_and_from_where() {
        enrolled();
        Intents.Asked asked =
                new Intents.Asked(JournaledRun.ID, Intent.Kind.PAUSE, false, "deploy", "ann@api", "10.0.0.1");
        try (PgAccess access = run.access()) {
            access.intents().ask(asked);
        }
        Intent intent = Patiently.done("test", run.journal.report(JournaledRun.ID))
                .intents()
                .get(0);
        Patiently.done("test", run.journal.observed(intent, "paused"));
        decide(sight(outbox).fresh());

        Notification due = sight(outbox).due().get(0);

        assertThat(due.happening()).isEqualTo(Happening.COMMAND);
        assertThat(due.by()).contains("ann@api");
        assertThat(due.from()).contains("10.0.0.1");
        assertThat(due.reason()).isEqualTo("ann@api from 10.0.0.1: deploy -> paused");
    }

    private RunRecord enrolled() {
        RunRecord working = run.in(new Working());
        sight(outbox);
        return working;
    }

    private void decide(List<Occurrence> fresh) {
        List<Message> messages =
                fresh.stream().map(one -> new Message(List.of(one))).toList();
        long upto = fresh.stream().mapToLong(Occurrence::id).max().orElse(0);
        Patiently.done("test", outbox.decide(ops, new Decision(messages, List.of(), upto)));
    }

    private Sight sight(PgOutbox from) {
        return look(from).orElseThrow();
    }

    private Optional<Sight> look(PgOutbox from) {
        return Patiently.done("test", from.look(ops));
    }
}
