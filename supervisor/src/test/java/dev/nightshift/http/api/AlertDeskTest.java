package dev.nightshift.http.api;

import static dev.nightshift.http.api.ApiServerTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Finishing;
import dev.nightshift.run.Intent;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Transient;
import dev.nightshift.view.Intents.Asked;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertDeskTest extends ServedApi {

    private static final Instant LATER = Views.NOW.minusSeconds(60);

    @Test
    void a_firing_alert_holds_the_run_that_its_labels_name_as_itself() {
        assertThat(outcomes(alert("firing", "pause"))).containsExactly("pause");

        assertThat(api.shop.alerts).containsExactly(1L);
        Asked asked = api.shop.asked.get(0);
        assertThat(asked.kind()).isEqualTo(Intent.Kind.PAUSE);
        assertThat(asked.by()).isEqualTo("alert NightshiftReplicaMissing (a1b2)");
        assertThat(asked.reason()).isEqualTo("standby-a is gone");
        assertThat(asked.from()).isEqualTo("127.0.0.1 as operator");
    }

    @Test
    void the_same_firing_told_again_is_written_once_and_a_new_one_again() {
        outcomes(alert("firing", "pause"));
        assertThat(outcomes(alert("firing", "pause"))).containsExactly("known already");
        JsonObject again =
                alert("firing", "pause").put("startsAt", LATER.plusSeconds(30).toString());
        assertThat(outcomes(again)).containsExactly("pause");
        assertThat(api.shop.asked).hasSize(2);
    }

    @Test
    void its_end_lifts_its_own_hold_once_and_that_of_another_alert_never() {
        outcomes(alert("firing", "pause"));
        assertThat(outcomes(alert("resolved", "pause").put("fingerprint", "c3d4")))
                .containsExactly("it holds nothing");
        assertThat(outcomes(alert("resolved", "pause"))).containsExactly("resume");
        assertThat(api.shop.asked.get(1).by()).isEqualTo(api.shop.asked.get(0).by());
        outcomes(alert("resolved", "pause"));
        assertThat(api.shop.asked).hasSize(2);
    }

    @Test
    void an_abort_is_a_pause_unless_the_settings_allow_it() {
        assertThat(outcomes(alert("firing", "abort"))).containsExactly("pause");
        api.close();
        api = new ApiClient(directory, true);
        assertThat(outcomes(alert("firing", "abort"))).containsExactly("abort");
        assertThat(api.shop.asked.get(0).kind()).isEqualTo(Intent.Kind.ABORT);
        assertThat(outcomes(alert("resolved", "abort"))).as("never un-aborts").containsExactly("it holds nothing");
    }

    @Test
    void what_is_about_no_active_run_is_left_alone_and_answered_with_why() {
        assertThat(outcomes(
                        labelled("nightshift_action", "page"),
                        labelled("database", "shop "),
                        labelled("plan", "orders"),
                        alert("firing", "pause")
                                .put(
                                        "startsAt",
                                        Views.run(new Succeeded())
                                                .createdAt()
                                                .minusSeconds(1)
                                                .toString())))
                .containsExactly(
                        "its label nightshift_action is neither pause nor abort",
                        "its label database names none that is served here",
                        "no run of the plan that its label names is active",
                        "it began before run 7f3kmq");
        api.shop.status = Views.status(new Succeeded());
        assertThat(outcomes(alert("firing", "pause")))
                .containsExactly("no run of the plan that its label names is active");
        api.shop.status = Views.status(new Finishing());
        assertThat(outcomes(alert("firing", "pause"))).containsExactly("run 7f3kmq is finishing");
        api.shop.status = Views.status(new Aborting(new Cause(Cause.Kind.OPERATOR, "ann", "slow")));
        assertThat(outcomes(alert("firing", "pause"))).containsExactly("run 7f3kmq is aborting");
        assertThat(api.shop.asked).isEmpty();
    }

    @Test
    void a_database_that_is_away_is_told_again_and_nothing_is_written_twice() {
        JsonObject other = labelled("database", "shop-eu");
        api.other.away = Optional.of(
                new Transient(new Explanation("no route", "reading", Explanation.NOTHING_CHANGED, "look at it")));
        assertProblem(send(Role.OPERATOR, alert("firing", "pause"), other), 503, "no route");
        api.other.away = Optional.empty();
        assertThat(outcomes(alert("firing", "pause"), other)).containsExactly("known already", "pause");
        assertThat(api.shop.asked).hasSize(1);
        assertThat(api.other.asked).hasSize(1);
    }

    @Test
    void only_an_operator_and_only_what_alertmanager_writes() {
        assertProblem(send(Role.VIEWER, alert("firing", "pause")), 403, "operator");
        assertProblem(api.post("/alertmanager", Role.OPERATOR, "{\"version\":\"3\",\"alerts\":[]}"), 400, "'version'");
        assertProblem(api.post("/alertmanager", Role.OPERATOR, "{\"version\":\"4\"}"), 400, "'alerts'");
        assertProblem(send(Role.OPERATOR, alert("firing", "pause").put("startsAt", "now")), 400, "'startsAt'");
        assertProblem(send(Role.OPERATOR, alert("firing", "pause").put("fingerprint", "a/b")), 400, "'fingerprint'");
        assertProblem(send(Role.OPERATOR, alert("silenced", "pause")), 400, "'status'");
        assertProblem(send(Role.OPERATOR, alert("firing", "pause").put("labels", "x")), 400, "'labels'");
        assertThat(api.shop.asked).isEmpty();
    }

    @Test
    void alerts_that_were_left_out_of_a_message_are_said() {
        JsonObject body = payload(alert("firing", "pause")).put("truncatedAlerts", 3);
        assertThat(api.post("/alertmanager", Role.OPERATOR, body.encode()).statusCode())
                .isEqualTo(200);
        assertThat(api.troubles).singleElement().asString().contains("left 3 alerts out");
    }

    private List<String> outcomes(JsonObject... alerts) {
        HttpResponse<String> answer = send(Role.OPERATOR, alerts);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body())
                .getJsonArray("alerts").stream()
                        .map(alert -> ((JsonObject) alert).getString("outcome"))
                        .toList();
    }

    private HttpResponse<String> send(Role role, JsonObject... alerts) {
        return api.post("/alertmanager", role, payload(alerts).encode());
    }

    private static JsonObject payload(JsonObject... alerts) {
        return new JsonObject()
                .put("version", "4")
                .put("groupKey", "{}:{alertname=\"NightshiftReplicaMissing\"}")
                .put("truncatedAlerts", 0)
                .put("status", "firing")
                .put("receiver", "nightshift")
                .put("externalURL", "http://alertmanager:9093")
                .put("alerts", new JsonArray(List.of(alerts)));
    }

    private static JsonObject labelled(String label, String value) {
        JsonObject alert = alert("firing", "pause").put("fingerprint", "e5f6");
        alert.getJsonObject("labels").put(label, value);
        return alert;
    }

    private static JsonObject alert(String status, String action) {
        return new JsonObject()
                .put("status", status)
                .put("fingerprint", "a1b2")
                .put("startsAt", LATER.toString())
                .put("endsAt", "0001-01-01T00:00:00Z")
                .put("generatorURL", "http://prometheus:9090/graph")
                .put("annotations", new JsonObject().put("summary", "standby-a is gone"))
                .put(
                        "labels",
                        new JsonObject()
                                .put("alertname", "NightshiftReplicaMissing")
                                .put("nightshift_action", action)
                                .put("database", "shop")
                                .put("plan", "orders-total-cents"));
    }
}
