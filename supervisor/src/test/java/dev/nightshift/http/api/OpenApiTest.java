package dev.nightshift.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightshift.cli.screen.Views;
import dev.nightshift.http.token.Bearers;
import dev.nightshift.plan.Role;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Working;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is served against what is documented. */
class OpenApiTest extends ServedApi {

    private static final JsonObject DOCUMENT = new JsonObject(Description.text());
    private static final long SEED = Long.getLong("nightshift.seed", 20_260_302);
    private static final int FUZZED = 1_500;

    private final Map<String, Schema> schemas = new HashMap<>();

    /** One method of one path of the document. */
    private record Operation(String path, String method, JsonObject described) {

        String filled() {
            return path.replace("{database}", "shop")
                    .replace("{run}", "7f3kmq")
                    .replace("{number}", "1")
                    .replace("{version}", "2.1");
        }

        JsonObject responses() {
            return described.getJsonObject("responses");
        }
    }

    @Test
    void every_path_that_is_served_is_documented_with_its_role_and_none_else() {
        Feeds feeds = new Feeds(List.of(), () -> 0);
        Streams streams = new Streams(api.vertx, () -> new Bearers(List.of()));
        Set<String> served = Endpoints.all(feeds, streams, new AlertDesk(feeds, false, text -> {})).stream()
                .map(one -> one.method() + " " + one.path() + " " + one.role().word())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = operations().stream()
                .map(one ->
                        one.method() + " " + one.path() + " " + one.described().getString("x-role"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(served).isEqualTo(documented);
        assertThat(api.json("/openapi.json")).isEqualTo(DOCUMENT);
    }

    @Test
    void every_parameter_of_a_path_is_documented() {
        for (Operation one : operations()) {
            Set<String> inPath = parameters(one).stream()
                    .filter(parameter -> parameter.getString("in").equals("path"))
                    .map(parameter -> "{" + parameter.getString("name") + "}")
                    .collect(Collectors.toSet());
            Matcher named = Pattern.compile("\\{[^}]*}").matcher(one.path());
            assertThat(named.results().map(MatchResult::group)).containsExactlyInAnyOrderElementsOf(inPath);
        }
    }

    @Test
    void every_answer_is_as_documented_in_every_state_of_a_run() {
        for (RunState state : states()) {
            api.shop.status = Views.status(state);
            api.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            for (Operation one : operations()) {
                if (one.method().equals("GET") && !one.path().contains("{number}")) {
                    Optional<String> secret = Optional.of(ApiClient.secret(Role.OPERATOR));
                    assertDocumented(one, api.get(one.filled() + query(one), secret), 200);
                }
            }
        }
    }

    @Test
    void commands_and_every_kind_of_problem_are_as_documented() {
        Operation ask = operation("POST", "/runs/{database}/{run}/intents");
        String pause = "{\"kind\":\"pause\"}";
        assertDocumented(ask, api.post(ask.filled(), Role.OPERATOR, pause), 202);
        assertDocumented(operation("GET", "/intents/{database}/{number}"), api.get("/intents/shop/1"), 200);
        assertDocumented(ask, api.post(ask.filled(), Role.OPERATOR, "{}"), 400);
        assertDocumented(ask, api.post(ask.filled(), Role.VIEWER, pause), 403);
        assertDocumented(ask, api.post("/runs/shop/7f3kmz/intents", Role.OPERATOR, pause), 404);
        api.shop.status = Views.status(new Succeeded());
        assertDocumented(ask, api.post(ask.filled(), Role.OPERATOR, pause), 409);
        api.shop.status =
                Views.status(new Holding(Holders.of(List.of(new Holder(Holder.Kind.OPERATOR, "ann@desk", "deploy")))));
        assertDocumented(ask, api.post(ask.filled(), Role.OPERATOR, pause), 200);
    }

    @Test
    void every_endpoint_refuses_a_missing_a_wrong_and_a_weaker_token() {
        for (Operation one : operations()) {
            HttpRequest.Builder request = request(one.method(), one.filled(), "{\"kind\":\"pause\"}");
            assertDocumented(one, api.send(request.copy(), Optional.empty()), 401);
            assertDocumented(one, api.send(request.copy(), Optional.of("nightshift_" + "0".repeat(64))), 401);
            for (Role role : Role.values()) {
                boolean may = role.covers(
                        Role.valueOf(one.described().getString("x-role").toUpperCase(Locale.ROOT)));
                int status = api.send(request.copy(), Optional.of(ApiClient.secret(role)))
                        .statusCode();
                assertThat(status == 403).as(one + " by a " + role).isEqualTo(!may);
            }
            api.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        }
    }

    /** {@code MadeRequestsIT} asks a real journal. */
    @Test
    void requests_made_up_from_the_document_meet_no_defect() {
        Map<String, List<String>> known = Map.of(
                "database", List.of("shop", "shop-eu"), "run", List.of("7f3kmq", "current"), "plan", List.of("orders"));
        MadeRequests made = new MadeRequests(DOCUMENT, known, SEED);
        System.out.println("OpenApiTest: -Dnightshift.seed=" + SEED);
        for (int i = 0; i < FUZZED; i++) {
            MadeRequests.Made one = made.next();
            Wire.Answer answer = Wire.send(api.server.port(), one, ApiClient.secret(Role.APPROVER));
            String what = "seed %d, request %d: %s -> %s".formatted(SEED, i, one, answer);
            assertThat(answer.status()).as(what).isLessThan(500);
            if (answer.type().equals("application/problem+json")
                    && !one.method().equals("HEAD")) {
                assertValid("Problem", answer.body());
            }
            api.nanos.addAndGet(Duration.ofMillis(100).toNanos());
        }
        assertThat(api.troubles).noneMatch(said -> said.contains("defect"));
    }

    private static List<RunState> states() {
        Cause cause = new Cause(Cause.Kind.OPERATOR, "ann@desk", "slow");
        Explanation why = new Explanation("no space", "filling", Explanation.NOTHING_CHANGED, "make room");
        return List.of(
                new Planned(Holders.NONE),
                new Working(),
                new Holding(Holders.of(List.of(new Holder(Holder.Kind.GUARD, "replica-lag", "lag")))),
                new Aborted(cause),
                new AbortIncomplete(cause, List.of("DROP INDEX x")),
                new Failed(new Failure(Failure.Kind.STEP, why)),
                new Unclear("what now?"),
                new Succeeded());
    }

    private static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        JsonObject paths = DOCUMENT.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                all.add(new Operation(path, method.toUpperCase(Locale.ROOT), methods.getJsonObject(method)));
            }
        }
        return all;
    }

    private static Operation operation(String method, String path) {
        return operations().stream()
                .filter(one -> one.method().equals(method) && one.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonObject> parameters(Operation one) {
        return one.described().getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(OpenApiTest::resolved)
                .toList();
    }

    private static JsonObject resolved(JsonObject value) {
        String ref = value.getString("$ref");
        if (ref == null) {
            return value;
        }
        JsonObject at = DOCUMENT;
        for (String part : ref.substring(2).split("/", -1)) {
            at = at.getJsonObject(part);
        }
        return at;
    }

    /** What a request must say besides its path. */
    private static String query(Operation one) {
        return Set.of("/events", "/backups", "/audit", "/queue").contains(one.path()) ? "?database=shop" : "";
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        HttpRequest.BodyPublisher sent =
                method.equals("GET") ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return api.to(path).header("content-type", "application/json").method(method, sent);
    }

    private void assertDocumented(Operation one, HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(one.path() + " " + answer.body()).isEqualTo(status);
        assertDocumented(one, answer);
    }

    private void assertDocumented(Operation one, HttpResponse<String> answer) {
        JsonObject response = resolved(Optional.ofNullable(
                        one.responses().getJsonObject(Integer.toString(answer.statusCode())))
                .orElseThrow(() -> new AssertionError(one + " answered " + answer.statusCode() + " " + answer.body())));
        String type = answer.headers().firstValue("content-type").orElse("");
        JsonObject content = response.getJsonObject("content").getJsonObject(type);
        assertThat(content).as(one.path() + ": " + type).isNotNull();
        String ref = content.getJsonObject("schema").getString("$ref");
        if (ref != null) {
            assertValid(ref.substring(ref.lastIndexOf('/') + 1), answer.body());
        }
    }

    private void assertValid(String schema, String body) {
        Schema known = schemas.computeIfAbsent(schema, OpenApiTest::schema);
        assertThat(known.validate(body, InputFormat.JSON))
                .as(schema + ": " + body)
                .isEmpty();
    }

    /** One of the document's schemas, with the others beside it. */
    private static Schema schema(String name) {
        JsonObject root = new JsonObject()
                .put("$ref", "#/components/schemas/" + name)
                .put("components", DOCUMENT.getJsonObject("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root.encode(), InputFormat.JSON);
    }
}
