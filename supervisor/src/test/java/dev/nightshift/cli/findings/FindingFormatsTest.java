package dev.nightshift.cli.findings;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.nightshift.cli.screen.Line;
import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.lint.Linted;
import dev.nightshift.lint.RuleBook;
import dev.nightshift.view.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FindingFormatsTest {

    private static final String WIDE = "SELECT '" + "x".repeat(100) + "'; DROP INDEX public.j; -- " + "y".repeat(100);

    private static final Linted FOUND = new Linted(
            "db/V2 100%,a:b.sql",
            List.of(
                    finding(Severity.ERROR, 1, 112, "IDX-DROP-NONCONCURRENT", "blocks: 100%\nof it", false),
                    finding(Severity.WARN, 2, 2, "ABORT-PLAN-MISSING", "no way back", false),
                    finding(Severity.INFO, 2, 2, "NAME-UNQUALIFIED", "which one", false),
                    finding(Severity.ERROR, 3, 1, "TBL-DROP", "gone", true)),
            Map.of(1, WIDE, 2, "\tDROP TABLE 𝒳;", 3, "DROP TABLE b;"));

    private static LintFinding finding(
            Severity severity, int line, int column, String rule, String message, boolean waived) {
        String reason = waived ? "nobody reads it" : "";
        return new LintFinding(
                rule,
                severity,
                "db/V2 100%,a:b.sql",
                line,
                column,
                "DROP",
                "public.j",
                "ACCESS EXCLUSIVE",
                message,
                "something else",
                waived,
                reason);
    }

    @Test
    void text_puts_a_caret_under_the_place_and_stays_within_eighty_columns() {
        List<String> lines = plain(LintLines.of(List.of(FOUND)));

        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(80));
        int at = lines.indexOf("  error  IDX-DROP-NONCONCURRENT  1:112") + 1;
        String source = lines.get(at);
        String caret = lines.get(at + 1);
        assertThat(source).startsWith("    1| …").endsWith("…").contains("DROP INDEX public.j");
        assertThat(caret.indexOf('^')).isEqualTo(source.indexOf("DROP"));
        assertThat(caret.replace(" ", "")).isEqualTo("|^^^^");
        assertThat(lines)
                .contains("      locks   ACCESS EXCLUSIVE on public.j", "      instead something else")
                .contains("      because nobody reads it")
                .contains("    2|  DROP TABLE 𝒳;");
    }

    @Test
    void a_line_with_several_findings_at_one_place_is_shown_once() {
        assertThat(plain(LintLines.of(List.of(FOUND))).stream().filter(line -> line.startsWith("    2|")))
                .hasSize(1);
    }

    @Test
    void the_summary_counts_what_is_not_waived() {
        assertThat(Tally.of(List.of(FOUND)).sentence()).isEqualTo("1 error, 1 warning, 1 note in 1 file; 1 waived");
        assertThat(Tally.of(List.of()).sentence()).isEqualTo("no findings in 0 files");
    }

    @Test
    void json_has_the_names_that_stay() {
        Map<String, Object> report = LintDocument.report(List.of(FOUND));

        assertThat(report)
                .containsEntry("apiVersion", "nightshift.dev/v1")
                .containsEntry("kind", "LintReport")
                .containsOnlyKeys("apiVersion", "kind", "findings");
        assertThat(LintDocument.findings(List.of(FOUND)))
                .hasSize(4)
                .allSatisfy(finding -> assertThat(finding)
                        .containsOnlyKeys(
                                "rule",
                                "severity",
                                "file",
                                "line",
                                "column",
                                "statement",
                                "relation",
                                "lock",
                                "message",
                                "instead",
                                "waived",
                                "reason"));
        assertThat(LintDocument.kept(List.of(FOUND)))
                .hasSize(4)
                .allSatisfy(finding -> assertThat(finding).doesNotContainKey("statement"));
    }

    @Test
    void github_commands_are_escaped_and_leave_waived_findings_out() {
        assertThat(GithubCommands.of(List.of(FOUND)))
                .containsExactly(
                        "::error file=db/V2 100%25%2Ca%3Ab.sql,line=1,col=112,title=IDX-DROP-NONCONCURRENT::"
                                + "blocks: 100%25%0Aof it. Locks: ACCESS EXCLUSIVE on public.j. Instead: something else",
                        "::warning file=db/V2 100%25%2Ca%3Ab.sql,line=2,col=2,title=ABORT-PLAN-MISSING::"
                                + "no way back. Locks: ACCESS EXCLUSIVE on public.j. Instead: something else",
                        "::notice file=db/V2 100%25%2Ca%3Ab.sql,line=2,col=2,title=NAME-UNQUALIFIED::"
                                + "which one. Locks: ACCESS EXCLUSIVE on public.j. Instead: something else");
    }

    @Test
    void sarif_has_the_structure_of_2_1_0() throws IOException {
        String log = Json.pretty(SarifDocument.of(List.of(FOUND), RuleBook.all(), "1.0"));

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema())
                        .validate(
                                log,
                                InputFormat.JSON,
                                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .isEmpty();
        assertThat(log)
                .contains("\"uri\": \"db/V2%20100%25,a%3Ab.sql\"")
                .contains("\"justification\": \"nobody reads it\"")
                .contains("\"level\": \"warning\"");
        assertThat(RuleBook.all()).extracting(card -> card.id()).doesNotHaveDuplicates();
    }

    private static String schema() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(FindingFormatsTest.class.getResourceAsStream("sarif-2.1.0-linter.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> plain(List<Line> lines) {
        return lines.stream().map(line -> line.text(false, true)).toList();
    }
}
