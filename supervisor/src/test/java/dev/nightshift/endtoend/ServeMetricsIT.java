package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was not there when something happened shows it all the same. */
class ServeMetricsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    /** Kept: one for each question was seen to wait for ever. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final Pattern METRICS = Pattern.compile("http://localhost:\\d+/metrics");

    private static final String GONE = """
              - statement: {name: one, sql: "SELECT 1"}
              - verify: {name: never, sql: "SELECT false"}
            """;

    private static final String WAITS = """
              - hold: {name: wait, until: approved}
            """;

    @Test
    void a_supervisor_that_starts_anew_shows_how_the_last_run_ended(@TempDir Path directory) throws Exception {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = night.nightshift(
                    "run", night.plan(SlowShop.plan(night, GONE)).toString());
            assertThat(run.awaitExit(PATIENCE)).isEqualTo(5);

            for (int times = 0; times < 2; times++) {
                Nightshift serve = serve(night, directory);
                awaitSeries(serve, "nightshift_run_state", "state=\"aborted\"", "1.0");
                awaitSeries(serve, "nightshift_aborts_total", "trigger=\"verify\"", "1.0");
                awaitSeries(serve, "nightshift_runs_total", "outcome=\"aborted\"", "1.0");
                awaitSeries(serve, "nightshift_supervisor_leader", "", "0.0");
                Processes.terminate(serve.pid());
                serve.awaitExit(PATIENCE);
            }
        }
    }

    @Test
    void a_supervisor_that_looks_on_shows_that_another_one_has_the_run(@TempDir Path directory) throws Exception {
        try (Night night = SlowShop.alone(directory)) {
            Nightshift run = night.nightshift(
                    "run", night.plan(SlowShop.plan(night, WAITS)).toString());
            night.awaitState("holding");
            Nightshift serve = serve(night, directory);

            awaitSeries(serve, "nightshift_run_state", "state=\"holding\"", "1.0");
            awaitSeries(serve, "nightshift_run_supervised", "", "1.0");
            awaitSeries(serve, "nightshift_supervisor_leader", "", "0.0");

            run.killAlone();
            awaitSeries(serve, "nightshift_supervisor_leader", "", "1.0");
        }
    }

    private static Nightshift serve(Night night, Path directory) throws IOException {
        Login login = night.primary().migrator();
        String settings = "metrics: {port: 0}\ndatabases: [{url: \"" + login.url() + "\"}]\n";
        return night.nightshift(
                "serve",
                Files.writeString(directory.resolve("serve.yaml"), settings).toString());
    }

    private static void awaitSeries(Nightshift serve, String name, String label, String value) {
        Night.await(
                name + label + " " + value,
                () -> scrape(serve).stream()
                        .anyMatch(line ->
                                line.startsWith(name + "{") && line.contains(label) && line.endsWith("} " + value)));
    }

    private static List<String> scrape(Nightshift serve) {
        Optional<String> shown = METRICS.matcher(serve.output())
                .results()
                .map(MatchResult::group)
                .findFirst();
        if (shown.isEmpty()) {
            return List.of();
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(shown.get()))
                    .timeout(ANSWERS_WITHIN)
                    .build();
            return CLIENT.send(request, BodyHandlers.ofString()).body().lines().toList();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
