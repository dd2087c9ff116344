package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.http.api.ApiServer;
import dev.nightshift.http.api.Book;
import dev.nightshift.http.api.MadeRequests;
import dev.nightshift.http.api.Wire;
import dev.nightshift.plan.ApiSettings;
import dev.nightshift.plan.ApiToken;
import dev.nightshift.plan.Role;
import dev.nightshift.postgres.EventLoops;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.schema.JournalInstaller;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API before a real journal, a database without one, and a run that moves, asked whatever its document makes possible. */
class MadeRequestsIT {

    private static final long SEED = Long.getLong("nightshift.seed", 20_260_302);
    private static final int IN_EACH_STATE = 1_000;
    private static final int CUT = 0;
    private static final int LARGEST_BODY = 64 << 10;

    private static final String RUN = "INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file,"
            + " state, created_by) VALUES ('7f3kmq', 'orders', 'h', 'nightshift: 1', 'f', 'working', 'ann')";
    private static final String REST = """
            INSERT INTO nightshift.steps (run_id, part, ordinal, name, kind, class)
            VALUES ('7f3kmq', 'work', 0, 'fill', 'backfill', 'pausable');
            INSERT INTO nightshift.claims (run_id) VALUES ('7f3kmq');
            INSERT INTO nightshift.events (run_id, kind, message) SELECT '7f3kmq', 'note', 'n' || n FROM generate_series(1, 700) n;
            INSERT INTO nightshift.readings SELECT clock_timestamp() - n * interval '10 seconds', '7f3kmq', 'pace', '', n
            FROM generate_series(1, 50) n""";
    private static final String HELD = """
            UPDATE nightshift.runs SET state = 'holding',
                detail = '{"holders": [{"kind": "OPERATOR", "by": "ann@desk", "reason": "deploy"}]}'""";
    private static final String ENDED = "UPDATE nightshift.runs SET state = 'succeeded', ended_at = clock_timestamp()";

    private final AtomicLong nanos = new AtomicLong();
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private final Set<String> answered = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void no_request_that_the_document_makes_possible_meets_a_defect(@TempDir Path directory) throws IOException {
        System.out.println("MadeRequestsIT: -Dnightshift.seed=" + SEED);
        MadeRequests made = new MadeRequests(document(), known(), SEED);
        Vertx vertx = EventLoops.create();
        try (FreshDatabase shop = new FreshDatabase();
                FreshDatabase bare = new FreshDatabase()) {
            new JournalInstaller(shop.login(), false).install();
            shop.execute(RUN, REST);
            ApiServer server = serve(directory, List.of(book(vertx, "shop", shop), book(vertx, "bare", bare)), vertx);
            for (String state : List.of("SELECT 1", HELD, ENDED)) {
                shop.execute(state);
                ask(made, server.port());
            }
            server.close().toCompletionStage().toCompletableFuture().join();
            assertThat(shop.text("SELECT count(*) FROM nightshift.runs")).isEqualTo("1");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        System.out.println("MadeRequestsIT: answers by status " + statuses);
        assertThat(wrong).isEmpty();
        assertThat(troubles).noneMatch(said -> said.contains("defect"));
        assertThat(answered).as("what was answered well at least once").containsAll(sayable(made));
        assertThat(statuses).containsKeys(200, 202, 400, 404, 405, 409, 413, 415);
    }

    /** A plan that could be submitted is never made up: each would start a process. */
    private static Set<String> sayable(MadeRequests made) {
        Set<String> all = new TreeSet<>(made.operations());
        assertThat(all.remove("POST /runs")).isTrue();
        return all;
    }

    private void ask(MadeRequests made, int port) {
        for (int i = 0; i < IN_EACH_STATE; i++) {
            MadeRequests.Made one = made.next();
            Wire.Answer answer = Wire.send(port, one, "secret");
            String what = "seed %d, %s -> %s".formatted(SEED, one, answer);
            if (answer.status() >= 500 || (answer.status() == CUT && one.body().length() <= LARGEST_BODY)) {
                wrong.add(what);
            } else if (answer.status() < 300) {
                answered.add(one.operation());
            } else if (answer.type().equals("application/problem+json")
                    && !one.method().equals("HEAD")) {
                assertThat(new JsonObject(answer.body()).getInteger("status"))
                        .as(what)
                        .isEqualTo(answer.status());
            }
            statuses.merge(answer.status(), 1, Integer::sum);
            nanos.addAndGet(Duration.ofMillis(100).toNanos());
        }
    }

    private static Map<String, List<String>> known() {
        return Map.of(
                "labels", List.of("alertname", "nightshift_action", "database", "plan"),
                "plan", List.of("orders"),
                "database", List.of("shop", "shop", "shop", "shop", "bare", "none"),
                "run", List.of("7f3kmq", "7f3kmq", "current", "aaaaaa"),
                "version", List.of("4"),
                "status", List.of("firing", "resolved"),
                "fingerprint", List.of("a1b2"),
                "startsAt", List.of("2999-01-01T00:00:00Z"),
                "nightshift_action", List.of("pause", "abort"));
    }

    private ApiServer serve(Path directory, List<Book> books, Vertx vertx) throws IOException {
        Path tokens = directory.resolve("tokens.yaml");
        Files.writeString(tokens, new ApiToken("ann", Role.APPROVER, ApiToken.hash("secret")).line());
        ApiSettings settings = new ApiSettings(0, "127.0.0.1", Optional.empty(), tokens, true);
        return ApiServer.listen(vertx, settings, books, nanos::get, troubles::add);
    }

    private static Book book(Vertx vertx, String name, FreshDatabase database) {
        Map<String, String> environment =
                Map.of("PGPASSWORD", database.migrator().password());
        return new JournalBook(
                vertx,
                name,
                PgSessions.of(vertx, database.url(), environment),
                new PlanTaking(new ChildProcess(database.url())));
    }

    private static JsonObject document() throws IOException {
        try (InputStream file = ApiServer.class.getResourceAsStream("openapi.json")) {
            assertThat(file).isNotNull();
            return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
