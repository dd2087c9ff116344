package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaiversTest {
    private static List<LintFinding> drops(String sql) {
        return Linting.of("TBL-DROP", Linting.lint(sql));
    }

    @Test
    void a_waiver_before_a_statement_covers_it_and_no_other() {
        List<LintFinding> findings =
                drops("-- nightshift:allow TBL-DROP because nothing reads it since May\nDROP TABLE a;\nDROP TABLE b");
        assertThat(findings).extracting(LintFinding::waived).containsExactly(true, false);
        assertThat(findings.get(0).reason()).isEqualTo("nothing reads it since May");
        assertThat(findings.get(0).blocks()).isFalse();
    }

    @Test
    void a_waiver_at_the_end_of_the_line_covers_what_it_follows() {
        assertThat(drops("DROP TABLE a; -- nightshift:allow TBL-DROP because old\nDROP TABLE b"))
                .extracting(LintFinding::waived)
                .containsExactly(true, false);
    }

    @Test
    void a_waiver_inside_a_statement_covers_it() {
        assertThat(drops("DROP TABLE /* nightshift:allow TBL-DROP because old */ a"))
                .extracting(LintFinding::waived)
                .containsExactly(true);
    }

    @Test
    void a_waiver_may_name_several_rules() {
        assertThat(Linting.lint("-- nightshift:allow TBL-DROP, ABORT-PLAN-MISSING because old\nDROP TABLE s.a"))
                .filteredOn(LintFinding::waived)
                .extracting(LintFinding::rule)
                .containsExactlyInAnyOrder("TBL-DROP", "ABORT-PLAN-MISSING");
    }

    @Test
    void a_waiver_before_a_block_covers_its_body_and_the_block() {
        List<LintFinding> findings = Linting.lint(
                "-- nightshift:allow DML-UNBOUNDED because ten rows\nDO $$ BEGIN UPDATE t SET a = 1; END $$");
        assertThat(Linting.of("DML-UNBOUNDED", findings))
                .extracting(LintFinding::waived)
                .containsExactly(true);
        assertThat(Linting.of("PLPGSQL-BODY", findings)).isEmpty();
    }

    @Test
    void a_waiver_inside_a_body_covers_the_next_statement_there() {
        List<LintFinding> findings = Linting.of(
                "DML-UNBOUNDED",
                Linting.lint(
                        "DO $$ BEGIN\n-- nightshift:allow DML-UNBOUNDED because ten rows\nUPDATE t SET a = 1;\nUPDATE u SET a = 1;\nEND $$"));
        assertThat(findings).extracting(LintFinding::waived).containsExactly(true, false);
    }

    @Test
    void a_waiver_without_a_reason_waives_nothing_and_is_a_finding() {
        List<LintFinding> findings = Linting.lint("-- nightshift:allow TBL-DROP\nDROP TABLE a");
        assertThat(Linting.of("TBL-DROP", findings))
                .extracting(LintFinding::waived)
                .containsExactly(false);
        assertThat(Linting.of("WAIVER-INVALID", findings))
                .extracting(LintFinding::blocks)
                .containsExactly(true);
    }

    @Test
    void a_waiver_of_an_unknown_rule_is_a_finding() {
        assertThat(Linting.of("WAIVER-INVALID", Linting.lint("-- nightshift:allow TBL-DORP because old\nDROP TABLE a")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("TBL-DORP"));
    }

    @Test
    void text_that_looks_like_a_waiver_waives_nothing() {
        assertThat(drops("SELECT '-- nightshift:allow TBL-DROP because old'; DROP TABLE a"))
                .extracting(LintFinding::waived)
                .containsExactly(false);
    }
}
