package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.SMALL;
import static dev.nightshift.plan.Plans.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools of other people in a plan. */
class ExternalReaderTest {

    private static ExternalStep read(String body) {
        return (ExternalStep) Plans.accepted(SMALL + "  - external: {name: tool, " + body + "}\n")
                .steps()
                .get(1);
    }

    private static List<String> refused(String body) {
        return problems(SMALL + "  - external: {name: tool, " + body + "}\n");
    }

    @Test
    void a_command_alone_is_enough() {
        ExternalStep step = read("command: [./migrate.sh, 42]");

        assertThat(step.tool().words()).containsExactly("./migrate.sh", "42");
        assertThat(step.tool().place().directory())
                .contains(Plans.DIRECTORY.toAbsolutePath().normalize());
        assertThat(step.tool().image()).isEmpty();
        assertThat(step.limits()).isEqualTo(new ExternalStep.Limits(Duration.ofHours(1), Duration.ofSeconds(1), true));
        assertThat(step.history().revisions()).isEmpty();
        assertThat(step.statementClass()).isEqualTo(StatementClass.CANCEL_ONLY);
    }

    @Test
    void every_key_is_read() {
        ExternalStep step = read("command: [make, migrate], directory: app, environment: {FLASK_APP: shop, WORKERS: 2},"
                + " url: DATABASE_URL, timeout: 2h, lock-timeout: 500ms, on-hold: go-on, done-when: SELECT true,"
                + " sql: [make, sql, \"{current}\"], history: [flask, db], head: 1a2b");

        assertThat(step.tool().place().directory().orElseThrow())
                .hasToString(Plans.DIRECTORY
                        .resolve("app")
                        .toAbsolutePath()
                        .normalize()
                        .toString());
        assertThat(step.tool().environment()).containsEntry("FLASK_APP", "shop").containsEntry("WORKERS", "2");
        assertThat(step.tool().url()).contains("DATABASE_URL");
        assertThat(step.limits())
                .isEqualTo(new ExternalStep.Limits(Duration.ofHours(2), Duration.ofMillis(500), false));
        assertThat(step.doneWhen()).contains("SELECT true");
        assertThat(step.printsFromCurrent()).isTrue();
        assertThat(step.history().revisions().orElseThrow().heads()).containsExactly("flask", "db", "heads");
        assertThat(step.history().head()).contains("1a2b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alembic upgrade head | alembic heads | head",
                "/usr/bin/alembic -c db/alembic.ini upgrade +1 | /usr/bin/alembic -c db/alembic.ini heads | +1",
                "python3 -m alembic -x tenant=a upgrade heads | python3 -m alembic -x tenant=a heads | heads",
                "flask db upgrade | flask db heads | head",
                "flask --app shop db upgrade -d migrations -x a | flask --app shop db heads -d migrations | head",
                "poetry run flask db upgrade 1a2b | poetry run flask db heads | 1a2b",
            })
    void a_history_is_known_by_the_command(String command, String heads, String target) {
        RevisionCommands found =
                RevisionCommands.in(List.of(command.split(" ", -1))).orElseThrow();

        assertThat(String.join(" ", found.heads())).isEqualTo(heads);
        assertThat(found.target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"pip install --upgrade alembic", "npm upgrade", "liquibase update", "flask upgrade"})
    void another_command_has_none(String command) {
        assertThat(RevisionCommands.in(List.of(command.split(" ", -1)))).isEqualTo(Optional.empty());
    }

    @Test
    void a_command_is_a_list_of_words() {
        assertThat(refused("command: alembic upgrade head"))
                .containsExactly("plan.yaml:7:37: steps[1].external.command: expected a list of words such as [alembic,"
                        + " upgrade, head], found 'alembic upgrade head'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_PASSWORD: hunter2",
                "API_TOKEN: hunter2",
                "aws_secret_access_key: hunter2",
                "BROKER: \"amqp://me:hunter2@queue/\"",
            })
    void what_looks_like_a_secret_is_refused_and_never_shown(String entry) {
        assertThat(refused("command: [a], environment: {" + entry + "}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("expected nothing secret in a plan, found a value for " + entry.split(":", 2)[0])
                        .doesNotContain("hunter2"));
    }

    @Test
    void what_leads_the_sessions_elsewhere_is_refused() {
        assertThat(refused("command: [a], environment: {PGHOST: elsewhere}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("expected no PGHOST"));
    }

    @Test
    void a_revision_is_expected_only_where_it_can_be_asked() {
        assertThat(refused("command: [a], head: 1a2b")).hasSize(1);
        assertThat(refused("command: [a], sql: [a, \"{current}:head\"]")).hasSize(1);
    }

    @Test
    void a_password_is_put_into_the_url_for_the_tool_alone() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://m%40x@h:1,i:2/shop?sslmode=require");

        assertThat(url.withPassword(Optional.of("a:b$1/")))
                .isEqualTo("postgresql://m%40x:a%3Ab%241%2F@h:1,i:2/shop?sslmode=require");
        assertThat(url.withPassword(Optional.empty())).isEqualTo(url.toString());
    }

    @Test
    void a_tool_may_come_from_an_image_of_its_own_whose_directory_is_in_it() {
        ToolCommand plain = read("command: [alembic, upgrade, head], image: registry.example/shop@sha256:aa")
                .tool();
        ToolCommand placed = read("command: [alembic, upgrade, head], image: shop:1, directory: /app")
                .tool();

        assertThat(plain.place()).hasToString("image registry.example/shop@sha256:aa");
        assertThat(placed.place()).hasToString("image shop:1 at /app");
        assertThat(read("command: [alembic, upgrade, head], image: shop:1")
                        .history()
                        .revisions())
                .isEmpty();
    }

    @Test
    void what_would_be_asked_on_this_machine_does_not_go_with_an_image() {
        assertThat(String.join("\n", refused("command: [a], image: shop:1, sql: [a], head: 1a2b, directory: app")))
                .contains("expected no `sql` beside `image`")
                .contains("expected no `head` beside `image`")
                .contains("expected a path that begins with /, found 'app'");
        assertThat(String.join(
                        "\n", problems(SMALL + "abort:\n  - external: {name: back, command: [a], image: shop:1}\n")))
                .contains("expected no `image` in an abort step");
    }
}
