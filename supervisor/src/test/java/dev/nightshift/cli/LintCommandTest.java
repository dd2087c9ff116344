package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.lint.RuleBook;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {

    private static final String BAD = """
            SET lock_timeout = '2s';
            SET statement_timeout = '5s';
            CREATE INDEX IF NOT EXISTS i ON public.t (a);
            """;

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void an_error_ends_with_3_and_is_shown_with_its_line() throws IOException {
        Typed typed = lint(write("V1__a.sql", BAD));

        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.out())
                .contains("  error  IDX-CREATE-NONCONCURRENT  3:1")
                .contains("    3| CREATE INDEX IF NOT EXISTS i ON public.t (a);\n     | ^^^^^^\n")
                .contains("locks   SHARE on public.t")
                .doesNotContain("\u001B")
                .endsWith("1 error in 1 file\n");
        assertThat(database.done).isEmpty();
    }

    @Test
    void a_waived_error_ends_with_0() throws IOException {
        String waived = BAD.replace(
                "CREATE", "-- nightshift:allow IDX-CREATE-NONCONCURRENT because nobody writes to it\nCREATE");
        Typed typed = lint(write("V1__a.sql", waived));

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).contains("because nobody writes to it", "no findings in 1 file; 1 waived");
    }

    @Test
    void standard_input_is_linted_as_what_runs_it_would_run_it() {
        String concurrently =
                "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (a);\nUPDATE public.t SET a = 1 WHERE b = 2;";

        assertThat(typed(concurrently, "lint", "--runner", "alembic", "-").out())
                .contains("stdin", "IDX-CONCURRENT-IN-TXN");
        assertThat(typed(concurrently, "lint", "--runner", "psql", "-").out()).doesNotContain("IDX-CONCURRENT-IN-TXN");
    }

    @Test
    void every_format_prints_data_on_stdout() throws IOException {
        String file = write("V1__a.sql", BAD);

        assertThat(lint("--format", "json", file).out()).startsWith("{").contains("\"kind\": \"LintReport\"");
        assertThat(lint("--format", "sarif", file).out()).startsWith("{").contains("\"version\": \"2.1.0\"");
        assertThat(lint("--format", "github", file).out()).startsWith("::error file=");
        assertThat(lint("--format", "github", file).code()).isEqualTo(3);
        assertThat(lint("--format", "xml", file).err()).contains("expected one of [text, json, sarif, github]");
    }

    @Test
    void what_cannot_be_read_or_is_not_named_ends_with_2() {
        assertThat(lint(directory.resolve("no.sql").toString()))
                .satisfies(typed -> assertThat(typed.code()).isEqualTo(2))
                .satisfies(typed -> assertThat(typed.err().lines()).hasSize(4))
                .satisfies(typed -> assertThat(typed.err()).contains("there is no such file"));
        assertThat(lint().code()).isEqualTo(2);
        assertThat(lint("--server-version", "150006", "-").code()).isEqualTo(2);
    }

    @Test
    void all_rules_are_listed_and_each_is_explained() {
        String list = lint("--list").out();

        assertThat(list.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        RuleBook.all().forEach(card -> {
            assertThat(list).contains(card.id());
            Typed explained = lint("--explain", card.id().toLowerCase(Locale.ROOT));
            assertThat(explained.code()).isZero();
            assertThat(explained.out()).contains(card.id(), "why", "bad", "good", "nightshift:allow");
        });
    }

    @Test
    void a_misspelt_rule_is_guessed() {
        assertThat(lint("--explain", "COL-DORP"))
                .satisfies(typed -> assertThat(typed.code()).isEqualTo(2))
                .satisfies(typed -> assertThat(typed.err()).contains("did you mean 'COL-DROP'?"));
    }

    @Test
    void check_shows_what_the_linter_finds_in_a_plan_and_ends_with_3() throws IOException {
        String plan = write("plan.yaml", """
                nightshift: 1
                name: test
                database: {url: "postgresql://ann@localhost/shop"}
                backup: none
                steps:
                  - statement: {name: index, sql: CREATE INDEX i ON public.t (a)}
                """);

        Typed text = Typed.in(database, Map.of(), "check", plan);
        Typed json = Typed.in(database, Map.of(), "check", "-o", "json", plan);

        assertThat(text.code()).isEqualTo(3);
        assertThat(text.out()).contains("IDX-CREATE-NONCONCURRENT  6:35", "1 error in 1 file");
        assertThat(json.code()).isEqualTo(3);
        assertThat(json.out()).contains("\"findings\": [", "\"rule\": \"IDX-CREATE-NONCONCURRENT\"", "\"line\": 6");
    }

    @Test
    void check_goes_on_without_a_database_that_cannot_be_asked() throws IOException {
        database.unreachable = Optional.of(
                new Transient(new Explanation("nobody is there", "asking", Explanation.NOTHING_CHANGED, "look")));
        String plan = write("plan.yaml", """
                nightshift: 1
                name: test
                database: {url: "postgresql://ann@localhost/shop"}
                backup: none
                steps:
                  - statement: {name: index, sql: CREATE INDEX i ON public.t (a)}
                """);

        Typed text = Typed.in(database, Map.of(), "check", "--database", "postgresql://ann@localhost/shop", plan);

        assertThat(text.code()).isEqualTo(3);
        assertThat(text.err()).contains("without the database's catalog", "nobody is there");
        assertThat(text.out()).contains("IDX-CREATE-NONCONCURRENT  6:35");
    }

    private Typed lint(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "lint";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return typed("", all);
    }

    private Typed typed(String in, String... arguments) {
        return Typed.in(database, in, Map.of(), arguments);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
