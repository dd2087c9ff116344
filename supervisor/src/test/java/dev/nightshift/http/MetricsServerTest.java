package dev.nightshift.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.Permanent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    /** How far the clock goes on each time somebody reads it. */
    private final AtomicLong step = new AtomicLong();

    private final AtomicBoolean ready = new AtomicBoolean();
    private final Exposed exposed = new Exposed() {
        @Override
        public String metrics() {
            return "nightshift_rows_total 5.0\n";
        }

        @Override
        public boolean isReady() {
            return ready.get();
        }

        @Override
        public void beat() {}
    };

    private final MetricsServer server = MetricsServer.listen(vertx, 0, exposed, () -> nanos.addAndGet(step.get()));

    @AfterEach
    void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void serves_metrics_and_readiness() throws IOException, InterruptedException {
        assertThat(get("/metrics"))
                .satisfies(answer -> assertThat(answer.body()).isEqualTo("nightshift_rows_total 5.0\n"))
                .satisfies(answer -> assertThat(answer.headers().firstValue("content-type"))
                        .contains("text/plain; version=0.0.4; charset=utf-8"));
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        ready.set(true);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/else").statusCode()).isEqualTo(404);
    }

    @Test
    void is_alive_while_the_loop_beats_and_not_when_half_a_minute_lies_between()
            throws IOException, InterruptedException {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        step.set(Duration.ofSeconds(29).toNanos());
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        step.set(Duration.ofSeconds(31).toNanos());
        assertThat(get("/livez").statusCode()).isEqualTo(503);
    }

    @Test
    void a_taken_port_is_refused_in_four_lines() {
        assertThatThrownBy(() -> MetricsServer.listen(vertx, server.port(), exposed, nanos::get))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        e -> assertThat(e.explanation().lines())
                                .hasSize(4)
                                .first()
                                .asString()
                                .contains("port " + server.port()));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
