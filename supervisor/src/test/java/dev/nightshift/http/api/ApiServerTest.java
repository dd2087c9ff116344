package dev.nightshift.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.Role;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiServerTest extends ServedApi {

    @Test
    void lists_databases_and_runs_with_filters() {
        assertThat(api.json("/databases").getJsonArray("databases").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("name", "shop")
                        .put("answers", true)
                        .put("activeRun", "7f3kmq")
                        .put("state", "working"));
        assertThat(api.json("/runs").getJsonArray("runs")).hasSize(2);
        assertThat(api.json("/runs?database=shop-eu").getJsonArray("runs"))
                .singleElement()
                .satisfies(run ->
                        assertThat(((JsonObject) run).getString("servedAs")).isEqualTo("shop-eu"));
        assertThat(api.json("/runs?state=working&plan=orders-total-cents&limit=1")
                        .getJsonArray("runs"))
                .hasSize(1);
        assertThat(api.json("/runs?state=holding").getJsonArray("runs")).isEmpty();
    }

    @Test
    void a_run_is_the_same_document_as_that_of_the_command_line() {
        assertThat(api.json("/runs/shop/7f3kmq").getString("kind")).isEqualTo("RunStatus");
        assertThat(api.json("/runs/shop/current")).isEqualTo(api.json("/runs/shop/7f3kmq"));
        assertThat(api.json("/runs/shop/7f3kmq/steps").getJsonArray("steps")).hasSize(5);
        assertThat(api.json("/runs/shop/7f3kmq/events?limit=1").getJsonArray("events"))
                .hasSize(1);
        assertThat(api.json("/runs/shop/7f3kmq/summary").getString("kind")).isEqualTo("RunReport");
        assertThat(api.json("/backups?database=shop").getString("kind")).isEqualTo("BackupList");
        assertThat(api.json("/token").getString("role")).isEqualTo("viewer");
        assertThat(api.json("/guards").getString("kind")).isEqualTo("GuardList");
    }

    @Test
    void readings_are_series_in_the_order_of_time() {
        JsonObject lag = api.json("/runs/shop/7f3kmq/readings").getJsonArray("series").stream()
                .map(JsonObject.class::cast)
                .filter(series -> series.getString("signal").equals("replica-lag"))
                .findFirst()
                .orElseThrow();
        assertThat(lag.getString("subject")).isEqualTo("standby-a");
        assertThat(lag.getJsonArray("points").stream().map(point -> ((JsonObject) point).getDouble("value")))
                .containsExactly(0.5, 2.3);
    }

    @Test
    void a_plan_is_shown_without_a_password_that_slipped_into_it() {
        assertThat(api.json("/runs/shop/7f3kmq/plan").getString("text"))
                .contains("postgresql://m:***@db/shop")
                .doesNotContain("hunter2");
    }

    @Test
    void events_go_on_after_a_number() {
        assertThat(api.json("/events?database=shop&after=7").getJsonArray("events"))
                .singleElement()
                .satisfies(
                        event -> assertThat(((JsonObject) event).getLong("id")).isEqualTo(8));
        assertProblem(api.get("/events"), 400, "2 are served here");
    }

    @Test
    void whoever_asks_the_same_thing_shares_an_answer_for_a_second() {
        for (int i = 0; i < 200; i++) {
            assertThat(api.get("/runs/shop/7f3kmq").statusCode()).isEqualTo(200);
        }
        assertThat(api.shop.questions).hasValue(1);
        api.nanos.addAndGet(Duration.ofMillis(1_100).toNanos());
        api.get("/runs/shop/7f3kmq");
        assertThat(api.shop.questions).hasValue(2);
    }

    @Test
    void many_different_questions_do_not_reach_the_database() {
        for (int i = 0; i < 100; i++) {
            int status = api.get("/runs/shop/aaa%03d".formatted(i)).statusCode();
            assertThat(status).isIn(404, 429);
        }
        assertThat(api.shop.questions).hasValueLessThanOrEqualTo(30);
        HttpResponse<String> busy = api.get("/runs/shop/zzzzzz");
        assertProblem(busy, 429, "ask the same thing again");
        assertThat(busy.headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void a_database_that_is_away_is_said_and_keeps_nobody_else_waiting() {
        api.shop.away = Optional.of(new Transient(
                new Explanation("no route to db1", "reading", Explanation.NOTHING_CHANGED, "look at it")));
        HttpResponse<String> away = api.get("/runs/shop/7f3kmq");
        assertProblem(away, 503, "no route to db1");
        assertThat(new JsonObject(away.body()).getString("todo")).isEqualTo("look at it");
        assertThat(api.get("/runs/shop-eu/7f3kmq").statusCode()).isEqualTo(200);
        assertThat(api.json("/runs").getJsonArray("away")).containsExactly("shop");
        assertThat(api.json("/runs").getJsonArray("runs")).hasSize(1);
    }

    @Test
    void a_database_that_never_answers_is_given_up() {
        api.shop.silent = true;
        assertProblem(api.get("/runs/shop/7f3kmq"), 503, "did not answer in time");
    }

    @Test
    void a_defect_says_nothing_of_itself() {
        api.shop.defect = true;
        HttpResponse<String> answer = api.get("/runs/shop/7f3kmq");
        assertProblem(answer, 500, "log");
        assertThat(answer.body()).doesNotContain("secret of the house");
        assertThat(api.troubles).singleElement().asString().contains("secret of the house");
    }

    @Test
    void every_mistake_is_a_problem_document() {
        assertProblem(api.get("/runs/shop/7f3kmz"), 404, "no run '7f3kmz' in database 'shop'");
        assertProblem(api.get("/runs/shop/NOT-A-RUN"), 404, "NOT-A-RUN");
        assertProblem(api.get("/runs/none/7f3kmq"), 404, "no database 'none'");
        assertProblem(api.get("/nothing"), 404, "openapi.json");
        assertProblem(api.get("/runs?limit=0"), 400, "'limit': expected a whole number from 1 to 500");
        assertProblem(api.get("/runs?limit=1&limit=2"), 400, "given 2 times");
        assertProblem(api.get("/runs/shop/7f3kmq/readings?since=yesterday"), 400, "'since'");
        assertThat(api.get("/runs/%25ZZ/x").statusCode()).isEqualTo(404);
        HttpResponse<String> other = api.send(api.to("/runs").DELETE(), Optional.of(ApiClient.secret(Role.APPROVER)));
        assertProblem(other, 405, "GET");
        assertThat(other.headers().firstValue("allow")).contains("GET, POST");
    }

    @Test
    void every_answer_forbids_to_keep_guess_or_frame_it() {
        for (HttpResponse<String> answer :
                List.of(api.get("/runs"), api.get("/nothing"), api.get("/runs", Optional.empty()))) {
            assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
            assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
            assertThat(answer.headers().firstValue("content-security-policy"))
                    .contains("default-src 'none'; frame-ancestors 'none'");
        }
    }

    @Test
    void without_a_known_token_nothing_is_said_and_too_many_tries_have_to_wait() {
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> none = api.get("/runs", i % 2 == 0 ? Optional.empty() : Optional.of("guess " + i));
            assertProblem(none, 401, "Authorization: Bearer");
            assertThat(none.headers().firstValue("www-authenticate")).contains("Bearer realm=\"nightshift\"");
        }
        HttpResponse<String> late = api.get("/runs", Optional.of("guess"));
        assertProblem(late, 429, "wait");
        assertThat(late.headers().firstValue("retry-after")).contains("60");
        assertThat(api.get("/runs").statusCode())
                .as("a good token from the same address")
                .isEqualTo(200);
        api.nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(api.get("/runs", Optional.empty()).statusCode()).isEqualTo(401);
        assertThat(api.get("/nothing", Optional.empty()).statusCode()).isEqualTo(401);
    }

    @Test
    void a_server_that_cannot_begin_says_why_in_four_lines() {
        Vertx vertx = Vertx.vertx();
        try {
            ApiSettings taken = new ApiSettings(api.server.port(), "127.0.0.1", Optional.empty(), api.tokens, false);
            assertThatThrownBy(() -> ApiServer.listen(vertx, taken, List.of(), () -> 0, text -> {}))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("port " + api.server.port());
            ApiSettings without =
                    new ApiSettings(0, "127.0.0.1", Optional.empty(), directory.resolve("none.yaml"), false);
            assertThatThrownBy(() -> ApiServer.listen(vertx, without, List.of(), () -> 0, text -> {}))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("none.yaml cannot be read");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("type")).startsWith("urn:nightshift:problem:");
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).contains(detail);
    }
}
