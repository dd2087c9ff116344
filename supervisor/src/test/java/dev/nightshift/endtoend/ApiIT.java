package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is submitted, read, paused and resumed through the API of the process that supervises it. */
class ApiIT {

    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^nightshift/(supervisor|api)'";

    @Test
    void a_run_that_was_submitted_to_a_server_is_paused_held_by_an_alert_through_the_death_of_that_server_and_succeeds(
            @TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            Served serve = Served.start(night, directory);
            assertThat(serve.get("/runs").getJsonArray("runs"))
                    .as("no journal is there yet")
                    .isEmpty();
            submit(night, serve);
            pauseAndResume(night, serve);

            Served next = alertAndDeath(night, directory, serve);
            SlowShop.pace(night, "0");
            assertThat(next.post("/alertmanager", alert("resolved")).encode()).contains("\"outcome\":\"resume\"");
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(next.get("/runs/shop/current/summary").getLong("rows")).isEqualTo(SlowShop.ORDERS);
            assertThat(next.get("/events").getJsonArray("events").encode()).contains("ann@api from 127.0.0.1: deploy");
            assertThat(next.get("/runs/shop/current/plan").getString("text")).contains("public.slowly");
            assertThat(next.process().isAlive()).as(next.process().output()).isTrue();
        }
    }

    /** The API takes one connection besides the two of the supervision. */
    private static void pauseAndResume(Night night, Served serve) {
        JsonObject paused = serve.post("/runs/shop/current/intents", "{\"kind\":\"pause\",\"reason\":\"deploy\"}");
        String outcome = "/intents/shop/" + paused.getLong("number");
        Night.await(
                "the pause was observed",
                () -> "paused".equals(serve.get(outcome).getString("outcome")));
        assertThat(holders(serve)).contains("\"kind\":\"operator\"", "\"by\":\"ann@api\"", "\"reason\":\"deploy\"");
        assertThat(night.ask("SELECT asked_from FROM nightshift.intents")).isEqualTo("127.0.0.1");
        assertThat(night.count(CONNECTIONS)).isEqualTo(3);

        long done = night.rowsDone();
        serve.post("/runs/shop/current/intents", "{\"kind\":\"resume\"}");
        Night.await("it goes on", () -> night.rowsDone() > done);
    }

    private static Served alertAndDeath(Night night, Path directory, Served serve) {
        assertThat(serve.post("/alertmanager", alert("firing")).encode()).contains("\"outcome\":\"pause\"");
        night.awaitState("holding");
        serve.process().kill();
        SlowShop.awaitNoSession(night);
        long done = night.rowsDone();
        Served next = Served.start(night, directory);
        Night.await("the next one has the run", () -> supervised(next).contains("serve "));
        assertThat(holders(next)).contains("\"kind\":\"alert\"", "alert ReplicaGone (a1b2)", "standby-a is gone");
        assertThat(night.rowsDone()).isEqualTo(done);
        assertThat(next.post("/alertmanager", alert("firing")).encode()).contains("known already");
        return next;
    }

    private static String holders(Served serve) {
        return serve.get("/runs/shop/current")
                .getJsonObject("run")
                .getJsonArray("holders")
                .encode();
    }

    /** From the command line to the server, whose child looks at the plan; nobody but that server can carry it out. */
    private static void submit(Night night, Served serve) {
        String plan = night.plan(SlowShop.plan(night, SlowShop.FILL)).toString();
        String server = serve.root().replace("/api/v1", "/shop");
        Nightshift submit =
                night.nightshift(Map.of("NIGHTSHIFT_TOKEN", Served.SECRET), "submit", plan, "--server", server);
        assertThat(submit.awaitExit(Duration.ofMinutes(2))).as(submit.output()).isZero();
        assertThat(submit.output()).contains("submitted: run");
        SlowShop.awaitRowsDone(night, 1);
        assertThat(night.ask("SELECT created_by FROM nightshift.runs")).isEqualTo("ann@api");
        assertThat(night.ask("SELECT findings IS NOT NULL FROM nightshift.runs"))
                .as("its SQL was read")
                .isEqualTo("t");
        assertThat(supervised(serve)).contains("serve ");
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
