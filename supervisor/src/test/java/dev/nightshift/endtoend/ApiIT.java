package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is paused and resumed through the API of the process that supervises it. */
class ApiIT {

    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/api/v1");
    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name ~ '^nightshift/(supervisor|api)'";

    private final HttpClient http = HttpClient.newHttpClient();
    private String root = "";

    @Test
    void a_run_is_read_paused_and_resumed_over_one_further_connection(@TempDir Path directory) throws Exception {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift serve = serve(night, directory);
            assertThat(get("/runs").getJsonArray("runs"))
                    .as("no journal is there yet")
                    .isEmpty();
            adopt(night);

            JsonObject paused = post("/runs/shop/current/intents", "{\"kind\":\"pause\",\"reason\":\"deploy\"}");
            String outcome = "/intents/shop/" + paused.getLong("number");
            Night.await(
                    "the pause was observed", () -> "paused".equals(get(outcome).getString("outcome")));
            assertThat(get("/runs/shop/current")
                            .getJsonObject("run")
                            .getJsonArray("holders")
                            .encode())
                    .contains("\"kind\":\"operator\"", "\"by\":\"ann@api\"", "\"reason\":\"deploy\"");
            assertThat(night.ask("SELECT asked_from FROM nightshift.intents")).isEqualTo("127.0.0.1");
            assertThat(night.count(CONNECTIONS)).isEqualTo(3);

            post("/runs/shop/current/intents", "{\"kind\":\"resume\"}");
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(get("/runs/shop/current/summary").getLong("rows")).isEqualTo(SlowShop.ORDERS);
            assertThat(get("/events").getJsonArray("events").encode()).contains("ann@api from 127.0.0.1: deploy");
            assertThat(get("/runs/shop/current/plan").getString("text")).contains("public.slowly");
            assertThat(serve.isAlive()).as(serve.output()).isTrue();
        }
    }

    @Test
    void an_alert_holds_its_run_through_the_death_of_the_supervisor_and_its_end_lets_it_go_on(@TempDir Path directory)
            throws Exception {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift serve = serve(night, directory);
            adopt(night);

            assertThat(post("/alertmanager", alert("firing")).encode()).contains("\"outcome\":\"pause\"");
            night.awaitState("holding");
            serve.kill();
            SlowShop.awaitNoSession(night);
            long done = night.rowsDone();
            serve(night, directory);
            Night.await("the next one has the run", () -> supervised().contains("serve "));
            assertThat(get("/runs/shop/current")
                            .getJsonObject("run")
                            .getJsonArray("holders")
                            .encode())
                    .contains("\"kind\":\"alert\"", "alert ReplicaGone (a1b2)", "standby-a is gone");
            assertThat(night.rowsDone()).isEqualTo(done);

            assertThat(post("/alertmanager", alert("firing")).encode()).contains("known already");
            assertThat(post("/alertmanager", alert("resolved")).encode()).contains("\"outcome\":\"resume\"");
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    /** A run whose own supervisor dies, so that {@code serve} takes it over. */
    private void adopt(Night night) {
        Nightshift killed = SlowShop.fill(night);
        SlowShop.awaitRowsDone(night, SlowShop.ORDERS / 10);
        killed.killAlone();
        Night.await("serve has the run", () -> supervised().contains("serve "));
        long done = night.rowsDone();
        Night.await("it goes on", () -> night.rowsDone() > done);
    }

    /** Who supervises the current run now. */
    private String supervised() {
        JsonObject lease = get("/runs/shop/current").getJsonObject("supervisor");
        return lease == null || !lease.getBoolean("alive") ? "nobody" : lease.getString("holder");
    }

    private static String alert(String status) {
        return """
                {"version": "4", "alerts": [{"status": "%s", "fingerprint": "a1b2", "startsAt": "2999-01-01T00:00:00Z",
                 "annotations": {"summary": "standby-a is gone"}, "labels": {"alertname": "ReplicaGone",
                 "nightshift_action": "pause", "database": "shop", "plan": "orders-total-cents"}}]}""".formatted(status);
    }

    private Nightshift serve(Night night, Path directory) throws IOException {
        Path tokens = directory.resolve("tokens.yaml");
        Files.writeString(tokens, new ApiToken("ann", Role.OPERATOR, ApiToken.hash("secret")).line());
        String settings = "databases: [{name: shop, url: \""
                + night.primary().migrator().url() + "\"}]\n" + "api: {port: 0, tokens: tokens.yaml}\n";
        Nightshift serve = night.nightshift(
                "serve",
                Files.writeString(directory.resolve("serve.yaml"), settings).toString());
        Night.await("the API", () -> PORT.matcher(serve.output()).find() || !serve.isAlive());
        Matcher port = PORT.matcher(serve.output());
        assertThat(port.find()).as(serve.output()).isTrue();
        root = port.group();
        return serve;
    }

    private JsonObject get(String path) {
        return send(HttpRequest.newBuilder(URI.create(root + path)).GET());
    }

    private JsonObject post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(root + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonObject send(HttpRequest.Builder request) {
        try {
            HttpRequest whole = request.header("authorization", "Bearer secret").build();
            return new JsonObject(
                    http.send(whole, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
