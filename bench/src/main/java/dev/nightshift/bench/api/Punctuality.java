package dev.nightshift.bench.api;

import dev.nightshift.sandbox.Login;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How late ticks begin, as the supervisor's own metric has it, and the time from one judgement to the next, as the
 * database's clock has it.
 */
final class Punctuality implements AutoCloseable {

    private static final Pattern LATENESS = Pattern.compile("nightshift_tick_lateness_seconds_max\\{[^}]*} (\\S+)");
    private static final String JUDGED = "SELECT max(at) AS at FROM nightshift.glances";
    private static final Duration LOOK = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread thread = new Thread(this::look, "punctuality");
    private final int port;
    private final Login login;
    private volatile boolean closed;
    private volatile double latest;
    private volatile double longest;

    private Punctuality(int port, Login login) {
        this.port = port;
        this.login = login;
        thread.setDaemon(true);
    }

    /** @param port of the metrics */
    static Punctuality watch(int port, Login login) {
        Punctuality watch = new Punctuality(port, login);
        watch.thread.start();
        return watch;
    }

    /** In seconds; the metric remembers about two minutes. */
    double latest() {
        return latest;
    }

    /** The longest time between two judgements, in seconds. */
    double longest() {
        return longest;
    }

    private void look() {
        @Nullable Instant before = null;
        try {
            while (!closed) {
                latest = Math.max(latest, lateness());
                Optional<Instant> now = judged();
                if (now.isPresent() && before != null) {
                    longest = Math.max(
                            longest, Duration.between(before, now.get()).toNanos() / 1e9);
                }
                before = now.orElse(before);
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            latest = Double.POSITIVE_INFINITY;
        }
    }

    private Optional<Instant> judged() {
        List<dev.nightshift.sandbox.Row> rows = login.rows(JUDGED);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0).instant("at"));
    }

    private double lateness() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        Matcher matcher = LATENESS.matcher(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
