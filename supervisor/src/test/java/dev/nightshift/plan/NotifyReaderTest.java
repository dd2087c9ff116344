package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Receiver.Format;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotifyReaderTest {

    @Test
    void a_receiver_needs_a_name_and_where_it_is_and_has_usual_ways() {
        assertThat(read("{name: ops, url: \"https://alerts.example/nightshift\"}")
                        .receivers())
                .containsExactly(new Receiver(
                        "ops",
                        new Secret.Open("https://alerts.example/nightshift"),
                        Format.JSON,
                        Happening.USUAL,
                        Duration.ZERO,
                        Duration.ofDays(1),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(Happening.USUAL).doesNotContain(Happening.SLOWED, Happening.FULL_PACE, Happening.PREFLIGHT);
    }

    @Test
    void every_key_is_read_with_paths_from_the_settings_directory() {
        Receiver chat = read("{name: chat, format: slack, url-file: chat.url, on: [failed, long-hold], held-for: 2m,"
                        + " give-up: 12h, secret-env: KEY, authority: /tls/ca.pem, page: \"https://night.example/\"}")
                .receivers()
                .get(0);

        assertThat(chat)
                .isEqualTo(new Receiver(
                        "chat",
                        new Secret.InFile(Path.of("chat.url").toAbsolutePath()),
                        Format.SLACK,
                        Set.of(Happening.FAILED, Happening.LONG_HOLD),
                        Duration.ofMinutes(2),
                        Duration.ofHours(12),
                        Optional.of(new Secret.InEnvironment("KEY")),
                        Optional.of(Path.of("/tls/ca.pem")),
                        Optional.of(URI.create("https://night.example"))));
    }

    @Test
    void a_url_that_lets_whoever_knows_it_post_stands_in_no_settings() {
        assertThat(problems("{name: chat, format: slack, url: \"https://hooks.example/T0/s3cr3t\"}"))
                .singleElement()
                .asString()
                .contains("expected `url-file` or `url-env` for the format slack")
                .doesNotContain("s3cr3t");
    }

    @Test
    void a_url_is_refused_without_being_repeated() {
        for (String url : List.of(
                "http://alerts.example/s3cr3t",
                "https://ann:s3cr3t@alerts.example/",
                "ftp://alerts.example/s3cr3t",
                "https:///s3cr3t",
                "s3cr3t",
                "https://bad host/s3cr3t")) {
            assertThat(problems("{name: ops, url: \"" + url + "\"}"))
                    .as(url)
                    .singleElement()
                    .asString()
                    .contains("notify[0].url: expected")
                    .doesNotContain("s3cr3t");
        }
        assertThat(problems("{name: ops, url: \"http://127.0.0.1:8080/x\"}")).isEmpty();
        assertThat(problems("{name: ops, url: \"http://127.evil.example/x\"}")).hasSize(1);
        assertThat(problems("{name: ops, url-env: \"https://hooks.example/s3cr3t\"}"))
                .singleElement()
                .asString()
                .doesNotContain("s3cr3t");
    }

    @Test
    void every_problem_is_told_at_once() {
        assertThat(problems("{name: o p, url: \"https://a.example\", url-env: X, on: [faild], held-for: 2, secret: x}"))
                .hasSizeGreaterThanOrEqualTo(4)
                .anySatisfy(problem -> assertThat(problem).contains("did you mean 'failed'?"))
                .anySatisfy(problem -> assertThat(problem).contains("notify[0].held-for"))
                .anySatisfy(problem -> assertThat(problem).contains("found two"))
                .anySatisfy(problem -> assertThat(problem).contains("notify[0].secret"));
        assertThat(problems("{name: ops}")).singleElement().asString().contains("'url', 'url-file' or 'url-env'");
        assertThat(problems("{name: ops, url: \"https://a.example\"}, {name: ops, url: \"https://b.example\"}"))
                .singleElement()
                .asString()
                .contains("found 'ops' again");
    }

    @Test
    void whom_to_tell_is_read_from_the_settings_of_serve_and_from_a_file_that_says_nothing_else() throws IOException {
        Path example = Path.of("..", "examples", "serve", "settings.yaml");
        String text = Files.readString(example);

        assertThat(ServeReader.receivers(example.toString(), text).receivers())
                .extracting(Receiver::name)
                .containsExactly("ops", "chat");
        assertThat(ServeReader.read(example.toString(), text).settings())
                .hasValueSatisfying(settings -> assertThat(settings.receivers()).hasSize(2));
        assertThat(ServeReader.receivers("notify.yaml", "metrics: {port: 1}").problems())
                .singleElement()
                .asString()
                .contains("expected the key 'notify'");
    }

    private static NotifyReading read(String receivers) {
        return ServeReader.receivers("serve.yaml", "notify: [" + receivers + "]\n");
    }

    private static List<String> problems(String receivers) {
        return read(receivers).problems().stream().map(PlanProblem::toString).toList();
    }
}
