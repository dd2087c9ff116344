package dev.nightshift.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.Event;
import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanLintTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final String HEAD = """
            nightshift: 1
            name: test
            database: {url: "postgresql://ann@localhost/shop"}
            backup: none
            """;

    private static final String INDEX = "- statement: {name: index, sql: \"CREATE INDEX i ON public.t (a)\"}\n";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_finding_in_a_step_stands_at_its_place_in_the_plan() throws IOException {
        List<Linted> found = lint("""
                steps:
                  - statement: {name: plain, sql: CREATE INDEX i ON public.t (a)}
                  - statement:
                      name: block
                      sql: |
                        -- why
                        ALTER TABLE public.t
                          ALTER COLUMN a SET NOT NULL;
                abort:
                  - statement: {name: quoted, sql: "DROP INDEX public.j"}
                """);

        assertThat(errors(found))
                .containsExactly(
                        "IDX-CREATE-NONCONCURRENT 6:35", "COL-SET-NOT-NULL 11:9", "IDX-DROP-NONCONCURRENT 14:37");
        assertThat(found.get(0).lines()).containsEntry(11, "        ALTER TABLE public.t");
    }

    @Test
    void what_the_supervisor_sees_to_is_no_finding_of_a_step() throws IOException {
        List<Linted> found = lint("""
                steps:
                  - statement: {name: column, sql: ALTER TABLE public.t ADD COLUMN b text}
                  - statement: {name: index, sql: CREATE INDEX CONCURRENTLY i ON public.t (b)}
                """);

        assertThat(found)
                .singleElement()
                .satisfies(file -> assertThat(file.findings()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not-null: {name: r, table: public.t, column: a}",
                "check: {name: r, table: public.t, condition: a > 0}",
                "foreign-key: {name: r, table: public.t, columns: [a], references: public.u, index: true}",
                "foreign-key: {name: r, table: public.t, columns: [a], references: public.u, index: false}",
                "unique: {name: r, table: public.t, columns: [a, b]}",
                "index: {name: r, table: public.t, columns: [a, b DESC], where: a > 0}",
                "bigint-key: {name: r, table: public.t, column: id}",
            })
    void what_a_recipe_stands_for_has_no_finding_without_a_reason(String recipe) throws IOException {
        List<Linted> found = lint("steps:\n  - " + recipe + "\n");

        assertThat(found)
                .singleElement()
                .satisfies(file -> assertThat(file.findings()).allSatisfy(finding -> {
                    assertThat(finding.waived()).as(finding.toString()).isTrue();
                    assertThat(finding.line()).as(finding.toString()).isEqualTo(6);
                }));
    }

    @Test
    void a_step_may_rest_on_what_an_earlier_one_proved() throws IOException {
        List<Linted> found = lint("""
                steps:
                  - statement: {name: promise, sql: ALTER TABLE public.t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID}
                  - statement: {name: prove, sql: ALTER TABLE public.t VALIDATE CONSTRAINT c}
                  - statement: {name: tell, sql: ALTER TABLE public.t ALTER COLUMN a SET NOT NULL}
                """);

        assertThat(errors(found)).isEmpty();
    }

    @Test
    void an_index_that_only_the_abort_plan_drops_serves_a_foreign_key() throws IOException {
        String steps = """
                steps:
                  - statement: {name: index, sql: CREATE INDEX CONCURRENTLY t_a ON public.t (a)}
                  - statement: {name: key, sql: ALTER TABLE public.t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES public.u (id) NOT VALID}
                """;
        String drop = "  - statement: {name: drop, sql: DROP INDEX CONCURRENTLY public.t_a}\n";

        assertThat(rules(lint(steps + "abort:\n" + drop))).doesNotContain("CON-FK-NO-INDEX");
        assertThat(rules(lint(steps + drop))).contains("CON-FK-NO-INDEX");
    }

    private static List<String> rules(List<Linted> found) {
        return found.stream()
                .flatMap(file -> file.findings().stream())
                .map(LintFinding::rule)
                .toList();
    }

    @Test
    void migrations_up_to_the_target_are_linted_unless_the_database_has_them() throws IOException {
        for (int version = 1; version <= 3; version++) {
            Files.writeString(
                    directory.resolve("V" + version + "__x.sql"), "CREATE INDEX i" + version + " ON public.t (a);\n");
        }
        String steps = "steps:\n  - schema: {name: s, locations: ['.'], target: \"2\"}\n";

        assertThat(errors(lint(steps))).hasSize(2);
        assertThat(new PlanLint(plan(steps), "plan.yaml", TODAY, Catalog.unknown()).findings(Set.of("1.0")))
                .singleElement()
                .satisfies(file -> assertThat(file.file()).endsWith("V2__x.sql"));
    }

    @Test
    void a_waiver_of_the_plan_lets_a_rule_pass_until_its_day_and_the_journal_says_so() throws IOException {
        String waiver = "waive: [{id: IDX-CREATE-NONCONCURRENT, reason: nobody writes to it, until: 2026-11-22}]\n";
        PlanLint lint = new PlanLint(plan("steps:\n  " + INDEX + waiver), "plan.yaml", TODAY, Catalog.unknown());
        PlanLint tomorrow =
                new PlanLint(plan("steps:\n  " + INDEX + waiver), "plan.yaml", TODAY.plusDays(1), Catalog.unknown());

        assertThat(LintRefusal.of(lint.findings(Set.of()), TODAY)).isEmpty();
        assertThat(LintWaivers.of(lint.findings(Set.of())))
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .extracting(Event::kind, Event::subject)
                        .containsExactly("waived", "IDX-CREATE-NONCONCURRENT"))
                .satisfies(event -> assertThat(event.message()).contains("nobody writes to it", "2026-11-22"));
        assertThat(LintRefusal.of(tomorrow.findings(Set.of()), TODAY)).isPresent();
        assertThat(LintWaivers.of(tomorrow.findings(Set.of()))).isEmpty();
    }

    @Test
    void a_waiver_in_the_sql_of_a_step_covers_that_step_alone() throws IOException {
        List<Linted> found = lint("""
                steps:
                  - statement:
                      name: first
                      sql: |
                        -- nightshift:allow IDX-CREATE-NONCONCURRENT because nobody writes to it
                        CREATE INDEX i ON public.t (a);
                  - statement: {name: second, sql: CREATE INDEX j ON public.t (a)}
                """);

        assertThat(errors(found)).containsExactly("IDX-CREATE-NONCONCURRENT 10:9", "IDX-CREATE-NONCONCURRENT 11:36");
        assertThat(LintWaivers.of(found))
                .singleElement()
                .satisfies(event -> assertThat(event.message()).contains("plan.yaml:10", "nobody writes to it"));
    }

    @Test
    void what_lies_before_a_baseline_is_not_linted() throws IOException {
        Files.writeString(directory.resolve("V1__x.sql"), "CREATE INDEX i ON public.t (a);\n");
        Files.writeString(directory.resolve("V2__x.sql"), "CREATE INDEX j ON public.t (a);\n");

        assertThat(lint("steps:\n  - schema: {name: s, locations: ['.'], baseline: \"1\"}\n"))
                .singleElement()
                .satisfies(file -> assertThat(file.file()).endsWith("V2__x.sql"));
    }

    @Test
    void a_waiver_of_a_rule_that_a_run_answers_itself_is_valid() throws IOException {
        Files.writeString(
                directory.resolve("V1__x.sql"),
                "-- nightshift:allow NOT-RERUNNABLE because psql runs it too\nVACUUM public.t;\n");

        assertThat(lint("steps:\n  - schema: {name: s, locations: ['.']}\n"))
                .singleElement()
                .satisfies(file -> assertThat(file.findings()).isEmpty());
    }

    @Test
    void a_refusal_names_the_first_findings_and_how_to_waive() throws IOException {
        Explanation refusal = LintRefusal.of(
                        lint("steps:\n  " + INDEX + "  "
                                + INDEX.replace("index,", "again,").replace("INDEX i", "INDEX j")
                                + "  - statement: {name: d, sql: DROP INDEX public.k}\n"
                                + "  - statement: {name: e, sql: DROP INDEX public.l}\n"),
                        TODAY)
                .orElseThrow();

        assertThat(refusal.lines()).hasSize(4);
        assertThat(refusal.what())
                .contains("plan.yaml:6:36 IDX-CREATE-NONCONCURRENT", "plan.yaml:8:31 IDX-DROP", "and 1 more");
        assertThat(refusal.todo()).contains("waive: [{id: IDX-CREATE-NONCONCURRENT, reason: …, until: 2026-12-22}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"counters", "events-index", "orders-currency", "orders-total-cents"})
    void every_example_may_run(String name) throws IOException {
        Path examples = Path.of("..", "examples").toAbsolutePath().normalize();
        String text = Files.readString(examples.resolve(name + ".yaml"));
        Plan plan = ((PlanReading.Accepted) PlanReader.read(name, text, examples)).plan();

        List<Linted> found = new PlanLint(plan, name, TODAY, Catalog.unknown()).findings(Set.of());

        assertThat(LintRefusal.of(found, TODAY)).isEmpty();
    }

    @Test
    void a_value_or_condition_of_a_backfill_that_changes_by_itself_is_found_at_its_place() throws IOException {
        List<Linted> found = lint("""
                steps:
                  - backfill:
                      name: tokens
                      table: public.t
                      set: {token: gen_random_uuid(), "at": now(), cents: "(a * 100)::bigint", code: my_code(a)}
                      where: token IS NULL AND random() < 0.5
                  - backfill: {name: old, table: public.t, set: {b: "1"}, where: "b IS NULL AND created < now()"}
                """);

        assertThat(found)
                .singleElement()
                .satisfies(file -> assertThat(file.findings())
                        .extracting(finding ->
                                place(finding) + " " + finding.severity().word())
                        .containsExactly(
                                "BACKFILL-VOLATILE 9:20 warn",
                                "BACKFILL-VOLATILE 9:45 warn",
                                "BACKFILL-VOLATILE 9:86 warn",
                                "BACKFILL-VOLATILE 10:14 error",
                                "BACKFILL-VOLATILE 11:67 warn"));
    }

    @Test
    void an_expression_of_a_backfill_that_does_not_parse_is_found_at_its_place() throws IOException {
        List<Linted> found = lint("""
                steps:
                  - backfill: {name: x, table: public.t, set: {b: "1 +* 2 5"}, where: b IS NULL}
                """);

        assertThat(errors(found)).singleElement().asString().startsWith("SQL-UNPARSABLE 6:");
    }

    @Test
    void what_migrations_prove_their_followers_and_the_steps_after_them_may_rest_on() throws IOException {
        Files.writeString(
                directory.resolve("V1__x.sql"),
                "ALTER TABLE public.t ADD CONSTRAINT c CHECK (a IS NOT NULL AND b IS NOT NULL) NOT VALID;\n");
        Files.writeString(directory.resolve("V2__x.sql"), "ALTER TABLE public.t VALIDATE CONSTRAINT c;\n");
        Files.writeString(directory.resolve("V3__x.sql"), "ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;\n");

        assertThat(errors(lint("""
                steps:
                  - schema: {name: s, locations: ['.']}
                  - statement: {name: tell, sql: ALTER TABLE public.t ALTER COLUMN b SET NOT NULL}
                """))).isEmpty();
    }

    @Test
    void a_verify_that_writes_is_an_error() throws IOException {
        List<Linted> found = lint("""
                steps:
                  - verify: {name: good, sql: "SELECT NOT EXISTS (SELECT FROM public.t WHERE a IS NULL)"}
                  - verify: {name: rows, sql: "WITH d AS (DELETE FROM public.t WHERE a = 1 RETURNING 1) SELECT count(*) = 0 FROM d"}
                  - verify: {name: locks, sql: "SELECT a > 0 FROM public.t WHERE id = 1 FOR UPDATE"}
                  - verify: {name: numbers, sql: "SELECT nextval('public.s') > 0"}
                """);

        assertThat(errors(found)).containsExactly("VERIFY-WRITES 7:55", "VERIFY-WRITES 8:33", "VERIFY-WRITES 9:42");
    }

    private static List<String> errors(List<Linted> found) {
        return found.stream()
                .flatMap(file -> file.findings().stream())
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(PlanLintTest::place)
                .toList();
    }

    private static String place(LintFinding finding) {
        return finding.rule() + " " + finding.line() + ":" + finding.column();
    }

    private List<Linted> lint(String steps) throws IOException {
        return new PlanLint(plan(steps), "plan.yaml", TODAY, Catalog.unknown()).findings(Set.of());
    }

    private Plan plan(String steps) {
        PlanReading reading = PlanReader.read("plan.yaml", HEAD + steps, directory);
        assertThat(reading).isInstanceOf(PlanReading.Accepted.class);
        return ((PlanReading.Accepted) reading).plan();
    }
}
