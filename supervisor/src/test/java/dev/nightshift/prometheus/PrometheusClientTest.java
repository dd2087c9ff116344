package dev.nightshift.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.nightshift.drive.Question;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Probe;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusClientTest {

    private static Vertx vertx;

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";
    private volatile boolean silent;
    private volatile String asked = "";
    private volatile String authorization = "";

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestURI().toString();
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (silent) {
                awaited();
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void hangUp() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void a_vector_of_one_and_a_scalar_are_a_number() {
        body = vector("{\"metric\":{},\"value\":[1700000000.1,\"0.75\"]}");
        assertThat(ask("max(rate(a[1m]))")).isEqualTo(0.75);
        assertThat(asked).isEqualTo("/prefix/api/v1/query?timeout=500ms&query=max%28rate%28a%5B1m%5D%29%29");

        body = "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1700000000,\"1e3\"]}}";
        assertThat(ask("scalar(a)")).isEqualTo(1000);
    }

    @Test
    void the_token_of_the_environment_is_sent_and_not_told_when_it_is_refused() {
        status = 401;
        body = "{\"status\":\"error\",\"error\":\"unauthorized\"}";

        assertThatThrownBy(() -> ask("a"))
                .hasMessageContaining("HTTP 401: unauthorized")
                .hasMessageNotContaining("s3cret");
        assertThat(authorization).isEqualTo("Bearer s3cret");
    }

    @Test
    void not_a_number_is_handed_on_as_that() {
        body = vector("{\"metric\":{},\"value\":[1,\"NaN\"]}");
        assertThat(ask("a")).isNaN();
        body = vector("{\"metric\":{},\"value\":[1,\"+Inf\"]}");
        assertThat(ask("a")).isInfinite();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}} | the query finds nothing",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"1\"]},{\"value\":[1,\"2\"]}]}} | expected one series, found 2",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}} | expected a number, found a matrix",
                "200 | {\"status\":\"success\",\"warnings\":[\"store x is away\"],\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"1\"]}} | may be incomplete: store x is away",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1]}} | the answer is not one of Prometheus",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"much\"]}} | expected a number, found 'much'",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,null]}} | expected a number, found nothing",
                "200 | {} | it failed: no reason given",
                "200 | <html>log in</html> | the answer is not one of Prometheus",
                "200 | `` | the answer is not one of Prometheus",
                "400 | {\"status\":\"error\",\"error\":\"parse error\"} | HTTP 400: parse error",
                "503 | starting up | HTTP 503",
                "302 | `` | HTTP 302",
            })
    void what_is_no_number_has_no_answer_and_says_why(int code, String text, String why) {
        status = code;
        body = text;

        assertThatThrownBy(() -> ask("a")).hasMessageContaining(why).hasMessageStartingWith("http://");
    }

    @Test
    void a_server_that_does_not_answer_in_time_has_no_answer() {
        silent = true;

        assertThatThrownBy(() -> ask("a")).hasMessageContaining("no answer within 500 ms");
    }

    @Test
    void a_port_where_nobody_listens_has_no_answer() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThatThrownBy(() -> answer(question("http://127.0.0.1:" + free, "a")))
                .hasMessageContaining("refused");
    }

    private double ask(String query) {
        return answer(question("http://127.0.0.1:" + server.getAddress().getPort() + "/prefix", query));
    }

    private static Question question(String url, String query) {
        return new PrometheusClient(vertx, Map.of(PrometheusClient.TOKEN, " s3cret\n"))
                .question(new Probe(
                        GuardKind.PROMETHEUS,
                        "a",
                        query,
                        url,
                        Duration.ofMillis(500),
                        new Limits(null, Limit.of(1), null)));
    }

    private static double answer(Question question) {
        try {
            return question.ask().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IllegalStateException(cause == null ? "" : cause.getMessage(), e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static String vector(String samples) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + samples + "]}}";
    }

    private void awaited() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
