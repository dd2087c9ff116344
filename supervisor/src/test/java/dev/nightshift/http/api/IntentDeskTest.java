package dev.nightshift.http.api;

import static dev.nightshift.http.api.ApiServerTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Succeeded;
import dev.nightshift.view.Intents.Asked;
import dev.nightshift.view.StatusView;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntentDeskTest extends ServedApi {

    private static final String INTENTS = "/runs/shop/7f3kmq/intents";
    private static final String PAUSE = "{\"kind\":\"pause\",\"reason\":\"deploy\"}";

    @Test
    void writes_a_command_down_with_who_and_from_where_and_says_where_its_outcome_will_be() {
        HttpResponse<String> answer = api.post(INTENTS, Role.OPERATOR, PAUSE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("location")).contains("/api/v1/intents/shop/1");
        assertThat(new JsonObject(answer.body()).getLong("number")).isEqualTo(1);
        assertThat(api.shop.asked)
                .containsExactly(new Asked(
                        new RunId("7f3kmq"), Intent.Kind.PAUSE, false, "deploy", "operator@api", "127.0.0.1"));
        assertThat(api.json("/intents/shop/1").getString("outcome")).isEqualTo("paused");
        assertProblem(api.get("/intents/shop/2"), 404, "no command 2");
    }

    @Test
    void the_same_key_is_answered_with_the_same_command_even_when_the_state_has_changed() {
        String first = keyed("k1", PAUSE).body();
        paused();
        assertThat(keyed("k1", PAUSE).body()).isEqualTo(first);
        assertThat(api.shop.asked).hasSize(1);
        assertProblem(keyed("k1", "{\"kind\":\"resume\"}"), 422, "new Idempotency-Key");
        assertThat(keyed("k2", "{\"kind\":\"resume\"}").statusCode()).isEqualTo(202);
        assertThat(api.shop.asked).hasSize(2);
    }

    @Test
    void what_holds_already_is_said_and_not_written() {
        paused();
        HttpResponse<String> answer = api.post(INTENTS, Role.OPERATOR, PAUSE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getString("outcome")).isEqualTo("already paused by ann@desk: deploy");
        assertThat(api.shop.asked).isEmpty();
    }

    @Test
    void what_the_state_does_not_allow_is_refused_as_on_the_terminal() {
        api.shop.status = Views.status(new Succeeded());
        HttpResponse<String> answer = api.post(INTENTS, Role.OPERATOR, PAUSE);

        assertProblem(answer, 409, "run 7f3kmq is succeeded");
        assertThat(new JsonObject(answer.body()).getString("state")).isEqualTo("nothing was changed");
        assertProblem(api.post(INTENTS, Role.OPERATOR, "{\"kind\":\"retry\"}"), 409, "succeeded");
        assertThat(api.shop.asked).isEmpty();
    }

    @Test
    void an_abort_that_no_supervisor_can_see_and_an_immediate_one_stop_the_work_themselves() {
        String abort = "{\"kind\":\"abort\",\"reason\":\"page is slow\"}";
        assertThat(api.post(INTENTS, Role.OPERATOR, abort).statusCode()).isEqualTo(202);
        assertThat(api.shop.stopped).as("a supervisor is alive").isEmpty();

        StatusView alone = api.shop.status;
        api.shop.status = new StatusView(
                alone.at(),
                alone.run(),
                alone.steps(),
                alone.worker(),
                alone.glance(),
                alone.backup(),
                alone.window(),
                Optional.empty(),
                alone.events());
        assertThat(api.post(INTENTS, Role.OPERATOR, abort).statusCode()).isEqualTo(202);
        assertThat(api.shop.stopped).containsExactly("7f3kmq");

        api.shop.status = alone;
        assertThat(api.post(INTENTS, Role.OPERATOR, abort.replace("}", ",\"immediate\":true}"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(api.shop.stopped).containsExactly("7f3kmq", "7f3kmq at once");
    }

    @Test
    void an_immediate_abort_that_cannot_stop_the_work_is_taken_all_the_same_where_a_supervisor_reads_it() {
        api.shop.cannotStop = Optional.of("the connection was cut");

        assertThat(api.post(
                                INTENTS,
                                Role.OPERATOR,
                                "{\"kind\":\"abort\",\"reason\":\"page is slow\",\"immediate\":true}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(api.shop.asked).hasSize(1);
    }

    @Test
    void only_an_approver_approves_and_a_viewer_asks_for_nothing() {
        String approve = "{\"kind\":\"approve\",\"reason\":\"looked at it\"}";
        assertProblem(api.post(INTENTS, Role.VIEWER, PAUSE), 403, "needs the role operator");
        assertProblem(api.post(INTENTS, Role.OPERATOR, approve), 403, "needs the role approver");
        assertProblem(api.post(INTENTS, Role.APPROVER, approve), 409, "run 7f3kmq is working");
        assertThat(api.shop.refused)
                .as("what somebody known was refused is remembered")
                .containsExactly(
                        "operator@api APPROVE: its role is operator; this needs the role approver",
                        "approver@api APPROVE: run 7f3kmq is working");
        assertThat(api.post(INTENTS, Role.APPROVER, PAUSE).statusCode()).isEqualTo(202);
        assertThat(api.shop.asked).hasSize(1);
    }

    @Test
    void what_is_not_written_correctly_is_refused_with_the_reason() {
        refused("", "no JSON object");
        refused("[]", "no JSON object");
        refused("{", "no JSON object");
        refused("{\"kind\":\"stop\"}", "'kind'");
        refused("{\"kind\":1}", "'kind'");
        refused("{\"kind\":\"abort\"}", "'reason'");
        refused("{\"kind\":\"pause\",\"reason\":7}", "'reason'");
        refused("{\"kind\":\"pause\",\"immediate\":\"yes\"}", "'immediate'");
        refused("{\"kind\":\"pause\",\"run\":\"x\"}", "another member");
        assertProblem(keyed("k".repeat(129), PAUSE), 400, "Idempotency-Key");
        assertThat(api.shop.asked).isEmpty();
    }

    @Test
    void another_type_and_a_large_body_are_refused_before_they_are_read() {
        HttpRequest.Builder form = api.to(INTENTS)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("kind=pause"));
        assertProblem(api.send(form, Optional.of(ApiClient.secret(Role.OPERATOR))), 415, "application/json");
        String large = "{\"kind\":\"pause\",\"reason\":\"" + "x".repeat(70_000) + "\"}";
        assertProblem(api.post(INTENTS, Role.OPERATOR, large), 413, "65536 bytes");
        assertThat(api.shop.asked).isEmpty();
    }

    @Test
    void what_is_read_after_a_command_is_not_from_before_it() {
        api.get("/runs/shop/7f3kmq");
        api.post(INTENTS, Role.OPERATOR, PAUSE);
        paused();
        assertThat(api.json("/runs/shop/7f3kmq").getJsonObject("run").getString("state"))
                .isEqualTo("holding");
    }

    private void paused() {
        Holder ann = new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy");
        api.shop.status = Views.status(new Holding(Holders.of(List.of(ann))));
    }

    private void refused(String body, String why) {
        assertProblem(api.post(INTENTS, Role.OPERATOR, body), 400, why);
    }

    private HttpResponse<String> keyed(String key, String body) {
        HttpRequest.Builder request = api.to(INTENTS)
                .header("content-type", "application/json; charset=utf-8")
                .header("idempotency-key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return api.send(request, Optional.of(ApiClient.secret(Role.OPERATOR)));
    }
}
