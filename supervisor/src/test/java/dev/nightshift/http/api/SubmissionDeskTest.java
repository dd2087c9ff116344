package dev.nightshift.http.api;

import static dev.nightshift.http.api.ApiServerTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Role;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmissionDeskTest extends ServedApi {

    private static final String RUNS = "/runs?database=shop";
    private static final String RECEIPT =
            "{\"apiVersion\":\"nightshift.dev/v1\",\"kind\":\"Submission\",\"outcome\":\"%s\","
                    + "\"run\":\"7f3kmq\",\"plan\":\"orders\",\"planHash\":\"0123\",\"state\":\"planned\"}";

    @Test
    void a_plan_is_submitted_under_the_name_of_the_token_and_the_answer_says_where_its_run_is() {
        api.shop.taken = RECEIPT.formatted("submitted");
        HttpResponse<String> answer = api.post(RUNS, Role.OPERATOR, "{\"plan\":\"text\",\"priority\":7}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("location")).contains("/api/v1/runs/shop/7f3kmq");
        assertThat(new JsonObject(answer.body()).getString("database")).isEqualTo("shop");
        assertThat(api.shop.entries)
                .containsExactly(new Book.Entry("text", 7, Optional.empty(), "operator@api", "127.0.0.1"));
    }

    @Test
    void what_is_there_already_or_has_succeeded_is_answered_with_200() {
        for (String outcome : new String[] {"already", "succeeded"}) {
            api.shop.taken = RECEIPT.formatted(outcome);
            HttpResponse<String> answer = api.post(RUNS, Role.OPERATOR, "{\"plan\":\"text\",\"again\":\"restored\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(answer.body()).getString("outcome")).isEqualTo(outcome);
        }
        assertThat(api.shop.entries.get(0).again()).contains("restored");
    }

    @Test
    void problems_of_a_plan_and_refusals_are_told_in_the_words_of_the_command_line() {
        api.shop.taken = "{\"kind\":\"PlanProblems\",\"problems\":[\"plan:1:1: name: expected\"]}";
        HttpResponse<String> problems = api.post(RUNS, Role.OPERATOR, "{\"plan\":\"text\"}");
        assertProblem(problems, 422, "see 'problems'");
        assertThat(new JsonObject(problems.body()).getJsonArray("problems"))
                .containsExactly("plan:1:1: name: expected");

        api.shop.taken = "{\"kind\":\"Refusal\",\"what\":\"the linter\",\"todo\":\"mend it\",\"passing\":false}";
        HttpResponse<String> refused = api.post(RUNS, Role.OPERATOR, "{\"plan\":\"text\"}");
        assertProblem(refused, 422, "the linter");
        assertThat(new JsonObject(refused.body()).getString("todo")).isEqualTo("mend it");

        api.shop.taken = "{\"kind\":\"Refusal\",\"what\":\"nobody answers\",\"passing\":true}";
        assertProblem(api.post(RUNS, Role.OPERATOR, "{\"plan\":\"text\"}"), 503, "nobody answers");
    }

    @Test
    void what_is_not_written_correctly_is_refused_and_so_is_a_viewer() {
        for (String body : new String[] {
            "{}",
            "{\"plan\":7}",
            "{\"plan\":\" \"}",
            "{\"plan\":\"x\",\"priority\":1001}",
            "{\"plan\":\"x\",\"priority\":1.5}",
            "{\"plan\":\"x\",\"again\":\"\"}",
            "{\"plan\":\"x\",\"by\":\"eve\"}"
        }) {
            assertThat(api.post(RUNS, Role.OPERATOR, body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertProblem(api.post(RUNS, Role.VIEWER, "{\"plan\":\"x\"}"), 403, "needs the role operator");
        assertThat(api.shop.entries).isEmpty();
    }

    @Test
    void a_database_that_comes_is_served_and_one_that_goes_is_not_any_more() {
        assertProblem(api.get("/queue?database=late"), 404, "no database 'late'");
        api.server
                .add(new FakeBook("late"))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        assertThat(api.get("/queue?database=late").statusCode()).isEqualTo(200);
        api.server.remove("late").toCompletionStage().toCompletableFuture().join();
        assertProblem(api.get("/queue?database=late"), 404, "no database 'late'");
    }
}
