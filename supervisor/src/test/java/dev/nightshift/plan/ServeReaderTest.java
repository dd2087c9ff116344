package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.ServeSettings.Served;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServeReaderTest {

    private static final String SHOP = "postgresql://nightshift@db1:5432/shop";

    @Test
    void reads_databases_with_their_names_and_the_metrics_port() {
        ServeReading reading = read("""
                databases:
                  - url: "postgresql://nightshift@db1:5432/shop"
                  - {name: shop-eu, url: "postgresql://nightshift@db2:5432/shop"}
                metrics: {port: 9090}
                """);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.settings())
                .contains(new ServeSettings(
                        List.of(
                                new Served("shop", DatabaseUrl.parse(SHOP)),
                                new Served("shop-eu", DatabaseUrl.parse("postgresql://nightshift@db2:5432/shop"))),
                        OptionalInt.of(9090),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void shows_no_metrics_unless_a_port_is_named() {
        assertThat(read("databases: [{url: \"" + SHOP + "\"}]").settings())
                .hasValueSatisfying(
                        settings -> assertThat(settings.metricsPort()).isEmpty());
    }

    @Test
    void reads_where_the_api_is_served_with_paths_from_the_settings_directory() {
        assertThat(api("{port: 8443, tokens: tokens.yaml}").settings().flatMap(ServeSettings::api))
                .hasValueSatisfying(api -> {
                    assertThat(api.port()).isEqualTo(8443);
                    assertThat(api.address()).isEqualTo("127.0.0.1");
                    assertThat(api.tls()).isEmpty();
                    assertThat(api.tokens()).isEqualTo(Path.of("tokens.yaml").toAbsolutePath());
                });
        assertThat(api("{port: 1, address: 0.0.0.0, tls: {certificate: /tls/a.pem, key: /tls/b.pem}, tokens: /t.yaml}")
                        .settings()
                        .flatMap(ServeSettings::api))
                .contains(new ApiSettings(
                        1,
                        "0.0.0.0",
                        Optional.of(new ApiSettings.Tls(Path.of("/tls/a.pem"), Path.of("/tls/b.pem"))),
                        Path.of("/t.yaml"),
                        false));
    }

    @Test
    void an_alert_aborts_only_where_the_settings_say_so() {
        assertThat(api("{port: 1, tokens: t, alertmanager: {abort: true}}")
                        .settings()
                        .flatMap(ServeSettings::api)
                        .map(ApiSettings::alertsAbort))
                .contains(true);
        assertThat(api("{port: 1, tokens: t, alertmanager: {abort: maybe}}").problems())
                .hasSize(1);
    }

    @Test
    void refuses_an_api_that_others_reach_without_tls() {
        assertThat(api("{port: 8443, address: 0.0.0.0, tokens: t}").problems())
                .singleElement()
                .asString()
                .contains("expected `tls` for an address that others can reach");
        assertThat(api("{port: 8443, address: \"::1\", tokens: t}").problems()).isEmpty();
        assertThat(api("{port: 8443, address: localhost, tokens: t}").problems())
                .isEmpty();
        assertThat(api("{port: 8443, address: 127.evil.example, tokens: t}").problems())
                .hasSize(1);
    }

    @Test
    void refuses_an_api_without_tokens_or_with_half_of_tls() {
        assertThat(api("{port: x, tls: {certificate: a}, token: t}").problems().stream()
                        .map(PlanProblem::path))
                .containsExactlyInAnyOrder("api.port", "api.tls.key", "api.token", "api.tokens");
    }

    private static ServeReading api(String api) {
        return read("databases: [{url: \"" + SHOP + "\"}]\napi: " + api + "\n");
    }

    @Test
    void reports_every_problem_at_once_with_its_place() {
        assertThat(problems("""
                database: []
                databases:
                  - {url: "mysql://db1/shop"}
                  - {urls: "x"}
                  - "postgresql://nightshift@db1/shop"
                metrics: {port: 99999}
                """))
                .containsExactly(
                        "serve.yaml:1:1: database: expected one of databases, metrics, api, notify, launcher, found 'database'; did you mean 'databases'?",
                        "serve.yaml:3:11: databases[0].url: expected a URL such as postgresql://user@host:5432/database,"
                                + " found another form",
                        "serve.yaml:4:5: databases[1].url: expected the key 'url', found none",
                        "serve.yaml:4:6: databases[1].urls: expected one of url, name, found 'urls'; did you mean 'url'?",
                        "serve.yaml:5:5: databases[2]: expected a mapping with `url`,"
                                + " found 'postgresql://nightshift@db1/shop'",
                        "serve.yaml:6:17: metrics.port: expected a whole number from 0 to 65535, found '99999'");
    }

    @Test
    void refuses_a_database_that_comes_twice_and_two_of_one_name() {
        assertThat(problems("""
                databases:
                  - {url: "postgresql://nightshift@db1/shop"}
                  - {url: "postgresql://nightshift@db2/shop"}
                  - {url: "postgresql://nightshift@db1/shop", name: again}
                """))
                .containsExactly(
                        "serve.yaml:3:5: databases[1]: expected a `name` of its own for each database, found 'shop' again",
                        "serve.yaml:4:11: databases[2].url: expected each database once,"
                                + " found postgresql://nightshift@db1:5432/shop again");
    }

    @Test
    void refuses_settings_without_any_database() {
        assertThat(problems("")).containsExactly("serve.yaml:1:1: settings: expected YAML, found nothing");
        assertThat(problems("metrics: {port: 0}"))
                .containsExactly("serve.yaml:1:1: databases: expected the key 'databases', found none");
        assertThat(problems("databases: []"))
                .containsExactly(
                        "serve.yaml:1:12: databases: expected a list such as [{url: \"postgresql://…\"}], found an empty list");
    }

    @Test
    void refuses_a_password_and_does_not_repeat_it() {
        assertThat(problems("databases: [{url: \"postgresql://nightshift:hunter2@db1/shop\"}]"))
                .singleElement()
                .asString()
                .contains("expected a URL without a password")
                .doesNotContain("hunter2");
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(PlanProblem::toString).toList();
    }

    private static ServeReading read(String text) {
        return ServeReader.read("serve.yaml", text);
    }
}
