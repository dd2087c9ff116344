package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is paused and resumed through the API of the process that supervises it. */
class ApiIT {

    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^nightshift/(supervisor|api)'";

    @Test
    void a_run_is_read_paused_and_resumed_over_one_further_connection(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Served serve = Served.start(night, directory);
            assertThat(serve.get("/runs").getJsonArray("runs"))
                    .as("no journal is there yet")
                    .isEmpty();
            adopt(night, serve);

            JsonObject paused = serve.post("/runs/shop/current/intents", "{\"kind\":\"pause\",\"reason\":\"deploy\"}");
            String outcome = "/intents/shop/" + paused.getLong("number");
            Night.await(
                    "the pause was observed",
                    () -> "paused".equals(serve.get(outcome).getString("outcome")));
            assertThat(serve.get("/runs/shop/current")
                            .getJsonObject("run")
                            .getJsonArray("holders")
                            .encode())
                    .contains("\"kind\":\"operator\"", "\"by\":\"ann@api\"", "\"reason\":\"deploy\"");
            assertThat(night.ask("SELECT asked_from FROM nightshift.intents")).isEqualTo("127.0.0.1");
            assertThat(night.count(CONNECTIONS)).isEqualTo(3);

            serve.post("/runs/shop/current/intents", "{\"kind\":\"resume\"}");
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(serve.get("/runs/shop/current/summary").getLong("rows")).isEqualTo(SlowShop.ORDERS);
            assertThat(serve.get("/events").getJsonArray("events").encode()).contains("ann@api from 127.0.0.1: deploy");
            assertThat(serve.get("/runs/shop/current/plan").getString("text")).contains("public.slowly");
            assertThat(serve.process().isAlive()).as(serve.process().output()).isTrue();
        }
    }

    @Test
    void an_alert_holds_its_run_through_the_death_of_the_supervisor_and_its_end_lets_it_go_on(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Served serve = Served.start(night, directory);
            adopt(night, serve);

            assertThat(serve.post("/alertmanager", alert("firing")).encode()).contains("\"outcome\":\"pause\"");
            night.awaitState("holding");
            serve.process().kill();
            SlowShop.awaitNoSession(night);
            long done = night.rowsDone();
            Served next = Served.start(night, directory);
            Night.await("the next one has the run", () -> supervised(next).contains("serve "));
            assertThat(next.get("/runs/shop/current")
                            .getJsonObject("run")
                            .getJsonArray("holders")
                            .encode())
                    .contains("\"kind\":\"alert\"", "alert ReplicaGone (a1b2)", "standby-a is gone");
            assertThat(night.rowsDone()).isEqualTo(done);

            assertThat(next.post("/alertmanager", alert("firing")).encode()).contains("known already");
            assertThat(next.post("/alertmanager", alert("resolved")).encode()).contains("\"outcome\":\"resume\"");
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    /** A run whose own supervisor dies, so that {@code serve} takes it over. */
    private static void adopt(Night night, Served serve) {
        Nightshift killed = SlowShop.fill(night);
        SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
        killed.killAlone();
        Night.await("serve has the run", () -> supervised(serve).contains("serve "));
        long done = night.rowsDone();
        Night.await("it goes on", () -> night.rowsDone() > done);
    }

    /** Who supervises the current run now. */
    private static String supervised(Served serve) {
        JsonObject lease = serve.get("/runs/shop/current").getJsonObject("supervisor");
        return lease == null || !lease.getBoolean("alive") ? "nobody" : lease.getString("holder");
    }

    private static String alert(String status) {
        return """
                {"version": "4", "alerts": [{"status": "%s", "fingerprint": "a1b2", "startsAt": "2999-01-01T00:00:00Z",
                 "annotations": {"summary": "standby-a is gone"}, "labels": {"alertname": "ReplicaGone",
                 "nightshift_action": "pause", "database": "shop", "plan": "orders-total-cents"}}]}""".formatted(status);
    }
}
