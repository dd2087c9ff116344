package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.queue.Receipt;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Planned;
import dev.nightshift.run.Waiting;
import dev.nightshift.view.QueueView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitCommandTest {

    private static final String PLAN = """
            nightshift: 1
            name: orders
            backup: none
            steps:
              - hold: {name: look, until: approved}
            """;

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void submits_the_text_with_who_and_from_where_and_says_which_run_it_is() throws IOException {
        Typed typed = Typed.in(database, "submit", file(PLAN), "--priority", "5");

        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out())
                .startsWith("submitted: run 7f3kmq of plan orders (")
                .contains("nightshift list");
        assertThat(database.drafts).singleElement().satisfies(draft -> {
            assertThat(draft.plan().database()).hasToString(Typed.URL);
            assertThat(draft.named()).isEmpty();
            assertThat(draft.priority()).isEqualTo(5);
            assertThat(draft.by()).isEqualTo("ann@desk");
            assertThat(draft.from()).isEqualTo("desk");
            assertThat(draft.again()).isEmpty();
        });
    }

    @Test
    void the_same_text_again_is_no_mistake() throws IOException {
        database.receipt = Receipt.Outcome.ALREADY;
        Typed already = Typed.in(database, "submit", file(PLAN));
        database.receipt = Receipt.Outcome.SUCCEEDED;
        Typed succeeded = Typed.in(database, "submit", file(PLAN));
        Typed json = Typed.in(database, "submit", file(PLAN), "-o", "json");

        assertThat(already.code()).isZero();
        assertThat(already.out()).contains("already submitted: run 7f3kmq", "is planned");
        assertThat(succeeded.code()).isZero();
        assertThat(succeeded.out()).contains("has succeeded");
        assertThat(succeeded.err()).contains("--again --reason");
        assertThat(json.out()).contains("\"kind\": \"Submission\"", "\"outcome\": \"succeeded\"");
    }

    @Test
    void again_and_its_reason_come_together() throws IOException {
        String file = file(PLAN);
        assertThat(Typed.in(database, "submit", file, "--again").code()).isEqualTo(2);
        assertThat(Typed.in(database, "submit", file, "--reason", "x").code()).isEqualTo(2);
        assertThat(Typed.in(database, "submit", file, "--priority", "1001").code())
                .isEqualTo(2);
        assertThat(database.drafts).isEmpty();

        Typed.in(database, "submit", file, "--again", "--reason", "restored");
        assertThat(database.drafts)
                .singleElement()
                .satisfies(draft -> assertThat(draft.again()).contains("restored"));
    }

    @Test
    void says_what_the_plan_itself_names_for_who_has_to_compare_it() throws IOException {
        Typed.in(database, "submit", file("database: {url: \"postgresql://m@other/db\"}\n" + PLAN));

        assertThat(database.drafts.get(0).named()).hasToString("Optional[postgresql://m@other:5432/db]");
        assertThat(database.drafts.get(0).plan().database()).hasToString(Typed.URL);
    }

    @Test
    void a_plan_with_problems_is_not_submitted() throws IOException {
        Typed typed = Typed.in(database, "submit", file("nightshift: 1\n"));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("nothing was submitted");
        assertThat(database.drafts).isEmpty();
    }

    @Test
    void goes_through_a_server_that_needs_no_database_here() throws IOException {
        Typed typed = Typed.in(
                database,
                Map.of("NIGHTSHIFT_TOKEN", "secret"),
                "submit",
                file(PLAN),
                "--server",
                "https://nightshift:8443/shop");

        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(database.done).containsExactly("submitted to https://nightshift:8443/shop");
    }

    @Test
    void lists_what_is_under_way_and_what_waits_with_the_reason() {
        database.queue = new QueueView(
                Optional.of(Views.run(new Waiting(Holders.NONE))),
                List.of(
                        new QueueView.Waits(Views.run(new Planned(Holders.NONE)), 5, "run 7f3kmq is waiting"),
                        new QueueView.Waits(Views.run(new Planned(Holders.NONE)), 0, "its window opens later")));

        Typed typed = Typed.in(database, "list");

        assertThat(typed.code()).isZero();
        assertThat(typed.out().lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line).contains("planned", "5", "run 7f3kmq is waiting"));
        assertThat(Typed.in(database, "list", "-o", "json").out()).contains("\"kind\": \"Queue\"", "\"waits\"");
        database.queue = QueueView.EMPTY;
        assertThat(Typed.in(database, "list").err()).contains("none waits");
    }

    @Test
    void a_child_of_a_supervisor_says_everything_as_a_document() {
        Map<String, String> environment = Map.of("NIGHTSHIFT_DATABASE", Typed.URL);
        Typed taken =
                Typed.in(database, PLAN, environment, "take-plan", "--priority=3", "--by=ann@api", "--from=10.0.0.1");
        Typed refused = Typed.in(
                database, "nightshift: 1", environment, "take-plan", "--priority=0", "--by=ann@api", "--from=10.0.0.1");

        assertThat(taken.out()).contains("\"kind\":\"Submission\"", "\"outcome\":\"submitted\"");
        assertThat(database.drafts)
                .singleElement()
                .satisfies(draft -> assertThat(draft.by()).isEqualTo("ann@api"));
        assertThat(refused.out()).contains("\"kind\":\"PlanProblems\"", "expected the key 'name'");
    }

    @Test
    void a_token_starts_no_programs_on_the_machine_of_the_server() {
        String tool = PLAN + "  - external: {name: tool, command: [touch, /tmp/here]}\n";
        Typed typed = Typed.in(
                database,
                tool,
                Map.of("NIGHTSHIFT_DATABASE", Typed.URL),
                "take-plan",
                "--priority=0",
                "--by=ann@api",
                "--from=10.0.0.1");

        assertThat(typed.out()).contains("\"kind\":\"Refusal\"", "starts programs", "\"passing\":false");
        assertThat(database.drafts).isEmpty();
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("plan.yaml"), text).toString();
    }
}
