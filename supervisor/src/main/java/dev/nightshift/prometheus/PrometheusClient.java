package dev.nightshift.prometheus;

import dev.nightshift.drive.Question;
import dev.nightshift.guards.guard.Probe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks instant queries of PromQL over HTTP; it is closed with its Vert.x. */
public final class PrometheusClient {

    /** The bearer token for the servers that a plan names; never in the plan itself. */
    public static final String TOKEN = "NIGHTSHIFT_PROMETHEUS_TOKEN";

    private final HttpClient http;
    private final Optional<String> token;

    public PrometheusClient(Vertx vertx, Map<String, String> environment) {
        this.http = vertx.createHttpClient(new HttpClientOptions().setMaxRedirects(0));
        this.token =
                Optional.ofNullable(environment.get(TOKEN)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The question of a probe, at the server that it names. */
    public Question question(Probe probe) {
        return () -> ask(probe);
    }

    private Future<Double> ask(Probe probe) {
        long millis = probe.timeout().toMillis();
        String where = probe.source() + "/api/v1/query?timeout=" + millis + "ms&query="
                + URLEncoder.encode(probe.question(), StandardCharsets.UTF_8);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(where)
                .setConnectTimeout(millis)
                .setIdleTimeout(millis);
        token.ifPresent(secret -> options.putHeader("Authorization", "Bearer " + secret));
        return http.request(options)
                .compose(request -> answer(request, millis))
                .recover(failure -> Future.failedFuture(named(failure, probe)));
    }

    private static Future<Double> answer(HttpClientRequest request, long millis) {
        return request.send()
                .compose(response -> response.body().map(body -> InstantAnswer.of(response.statusCode(), body)))
                .timeout(millis, TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset());
    }

    private static Throwable named(Throwable failure, Probe probe) {
        String why = failure instanceof TimeoutException
                ? "no answer within " + probe.timeout().toMillis() + " ms"
                : failure.getMessage();
        return new NoAnswer(probe.source() + ": " + why, failure);
    }
}
