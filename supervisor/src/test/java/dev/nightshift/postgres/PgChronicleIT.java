package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.KeptReading;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Working;
import dev.nightshift.view.Chronicle;
import dev.nightshift.view.Chronicle.ReadingView;
import dev.nightshift.view.Chronicle.RunEventView;
import dev.nightshift.view.Intents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgChronicleIT {

    private final JournaledRun run = new JournaledRun();

    @AfterEach
    void drop() {
        run.close();
    }

    @Test
    void a_database_without_a_journal_has_nothing() {
        try (PgAccess access = run.access()) {
            Chronicle chronicle = access.chronicle();
            assertThat(chronicle.events(OptionalLong.empty(), 10)).isEmpty();
            assertThat(chronicle.readings(JournaledRun.ID, Instant.EPOCH, 10)).isEmpty();
            assertThat(chronicle.plan(JournaledRun.ID)).isEmpty();
            assertThat(chronicle.intent(1)).isEmpty();
            assertThat(chronicle.intentOf("k")).isEmpty();
        }
    }

    @Test
    void events_of_all_runs_come_in_their_order_and_go_on_after_a_number() {
        run.in(new Working());
        run.database.execute(
                "INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, created_by,"
                        + " state, ended_at) VALUES ('older1', 'p', 'h', 's', 'f', 'ann', 'succeeded', clock_timestamp())");
        run.database.execute("INSERT INTO nightshift.events (run_id, kind, message) VALUES ('older1', 'note', 'one'),"
                + " ('7f3kmq', 'note', 'two'), ('older1', 'note', 'three')");
        try (PgAccess access = run.access()) {
            List<RunEventView> all = access.chronicle().events(OptionalLong.empty(), 100);
            assertThat(all)
                    .isSortedAccordingTo(
                            (a, b) -> Long.compare(a.event().id(), b.event().id()));
            assertThat(messages(all)).endsWith("one", "two", "three");
            assertThat(messages(access.chronicle().events(OptionalLong.empty(), 2)))
                    .containsExactly("two", "three");
            long one = all.get(all.size() - 3).event().id();
            assertThat(messages(access.chronicle().events(OptionalLong.of(one), 1)))
                    .containsExactly("two");
            assertThat(access.chronicle().events(OptionalLong.of(one + 2), 10)).isEmpty();
        }
    }

    @Test
    void readings_the_plan_and_a_command_are_read_as_they_were_written() {
        run.in(new Working());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Patiently.done(
                "test",
                run.journal.keep(
                        JournaledRun.ID,
                        List.of(
                                new KeptReading(now.minusSeconds(10), "replica-lag", "standby-a", 0.5),
                                new KeptReading(now, "replica-lag", "standby-a", 2.5))));
        try (PgAccess access = run.access()) {
            Chronicle chronicle = access.chronicle();
            assertThat(chronicle.readings(JournaledRun.ID, now.minusSeconds(5), 10))
                    .containsExactly(new ReadingView(now, "replica-lag", "standby-a", 2.5));
            assertThat(chronicle.readings(JournaledRun.ID, Instant.EPOCH, 10)).hasSize(2);
            assertThat(chronicle.plan(JournaledRun.ID))
                    .hasValueSatisfying(plan -> assertThat(plan.text()).contains("name: orders-total-cents"));
            assertThat(chronicle.plan(new RunId("none00"))).isEmpty();
            assertThat(chronicle.plan(JournaledRun.ID).flatMap(Chronicle.PlanView::findings))
                    .as("the linter did not look")
                    .isEmpty();
            Patiently.done("test", new PgRuns(run.control).found(JournaledRun.ID, "[{\"rule\": \"X\", \"line\": 3}]"));
            assertThat(chronicle.plan(JournaledRun.ID).flatMap(Chronicle.PlanView::findings))
                    .contains(List.of(Map.of("rule", "X", "line", 3)));

            long number = access.intents()
                    .ask(new Intents.Asked(JournaledRun.ID, Intent.Kind.PAUSE, false, "deploy", "ann@api", "10.0.0.1"));
            assertThat(chronicle.intent(number))
                    .hasValueSatisfying(intent -> assertThat(List.of(intent.kind(), intent.by(), intent.from()))
                            .containsExactly("pause", "ann@api", "10.0.0.1"))
                    .hasValueSatisfying(
                            intent -> assertThat(intent.observedAt()).isEqualTo(Optional.empty()));
        }
    }

    private static List<String> messages(List<RunEventView> events) {
        return events.stream().map(event -> event.event().message()).toList();
    }
}
