package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SituationsTest {
    private static final String TWO_TABLES = "ALTER TABLE a ADD x int; ALTER TABLE b ADD x int";

    private static List<LintFinding> run(Runner runner, String rule, String sql) {
        return Linting.of(rule, Linting.lint(Script.of("a.sql", sql).runBy(runner)));
    }

    @Test
    void flyway_runs_a_file_in_one_transaction_and_psql_does_not() {
        assertThat(run(Runner.FLYWAY, "TXN-MULTI-TABLE-LOCKS", TWO_TABLES)).hasSize(1);
        assertThat(run(Runner.ALEMBIC, "TXN-MULTI-TABLE-LOCKS", TWO_TABLES)).hasSize(1);
        assertThat(run(Runner.PSQL, "TXN-MULTI-TABLE-LOCKS", TWO_TABLES)).isEmpty();
    }

    @Test
    void one_statement_that_flyway_knows_frees_the_whole_file() {
        String sql = TWO_TABLES + "; CREATE INDEX CONCURRENTLY i ON c (a)";
        assertThat(run(Runner.FLYWAY, "IDX-CONCURRENT-IN-TXN", sql)).isEmpty();
        assertThat(run(Runner.FLYWAY, "TXN-MULTI-TABLE-LOCKS", sql)).isEmpty();
        assertThat(run(Runner.ALEMBIC, "IDX-CONCURRENT-IN-TXN", sql)).hasSize(1);
    }

    @Test
    void flyway_does_not_know_that_reindex_concurrently_refuses_a_transaction() {
        assertThat(run(Runner.FLYWAY, "IDX-CONCURRENT-IN-TXN", "REINDEX INDEX CONCURRENTLY i"))
                .hasSize(1);
        assertThat(run(Runner.PSQL, "IDX-CONCURRENT-IN-TXN", "REINDEX INDEX CONCURRENTLY i"))
                .isEmpty();
    }

    @Test
    void a_comment_or_the_configuration_takes_the_transaction_away() {
        String sql = "REINDEX INDEX CONCURRENTLY i";
        assertThat(run(Runner.FLYWAY, "IDX-CONCURRENT-IN-TXN", "-- nightshift:no-transaction\n" + sql))
                .isEmpty();
        assertThat(Linting.of(
                        "IDX-CONCURRENT-IN-TXN",
                        Linting.lint(Script.of("a.sql", sql).inTransaction(false))))
                .isEmpty();
    }

    @Test
    void client_syntax_is_fine_for_its_client() {
        String sql = "\\set n 5\nSELECT :n;\nCOPY t FROM stdin;\n1\n\\.\n";
        assertThat(run(Runner.FLYWAY, "PSQL-META", sql)).hasSize(3);
        assertThat(run(Runner.PSQL, "PSQL-META", sql)).isEmpty();
    }

    @Test
    void a_rollback_takes_back_what_was_created_and_set() {
        assertThat(run(
                        Runner.PSQL,
                        "IDX-CREATE-NONCONCURRENT",
                        "BEGIN; CREATE TABLE n (a int); ROLLBACK; CREATE INDEX ON n (a)"))
                .hasSize(1);
        assertThat(run(
                        Runner.PSQL,
                        "TXN-LOCK-TIMEOUT-MISSING",
                        "BEGIN; SAVEPOINT s; SET lock_timeout = '1s'; ROLLBACK TO s; DROP TABLE t; COMMIT"))
                .hasSize(1);
    }

    @Test
    void set_local_outside_a_transaction_sets_nothing() {
        String sql = "SET LOCAL lock_timeout = '1s'; DROP TABLE t";
        assertThat(run(Runner.PSQL, "TXN-LOCK-TIMEOUT-MISSING", sql)).hasSize(1);
        assertThat(run(Runner.FLYWAY, "TXN-LOCK-TIMEOUT-MISSING", sql)).isEmpty();
    }

    @Test
    void commit_in_a_procedure_ends_the_transaction() {
        String body =
                "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE a ADD x int; %s ALTER TABLE b ADD x int; END $$; CALL p()";
        assertThat(run(Runner.PSQL, "TXN-MULTI-TABLE-LOCKS", String.format(body, "")))
                .hasSize(1);
        assertThat(run(Runner.PSQL, "TXN-MULTI-TABLE-LOCKS", String.format(body, "COMMIT;")))
                .isEmpty();
    }

    @Test
    void flyways_placeholders_stand_for_names() {
        assertThat(Linting.lint("ALTER TABLE ${schema}.orders DROP COLUMN a${n}"))
                .noneMatch(finding -> finding.rule().equals("SQL-UNPARSABLE"))
                .anyMatch(finding -> finding.rule().equals("COL-DROP"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "14 | MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DO NOTHING | true",
                "15 | MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DO NOTHING | false",
                "16 | MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE RETURNING t.id | true",
                "14 | CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT | true",
                "17 | ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a) VIRTUAL | true",
                "18 | ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a) VIRTUAL | false",
                "14 | ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a) STORED | false",
                "17 | ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED | true",
                "14 | ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID | false",
                "17 | ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID | true",
                "14 | ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 0 | false"
            })
    void syntax_newer_than_the_server_is_a_finding(int server, String sql, boolean flagged) {
        assertThat(Linting.of("SYNTAX-TOO-NEW", Linting.lintFor(server, sql)).isEmpty())
                .isEqualTo(!flagged);
    }

    @Test
    void a_declared_way_back_is_enough() {
        Script script = Script.of("a.sql", "ALTER TABLE t DROP COLUMN a");
        assertThat(Linting.of("ABORT-PLAN-MISSING", Linting.lint(script))).hasSize(1);
        assertThat(Linting.of("ABORT-PLAN-MISSING", Linting.lint(script.withUndo())))
                .isEmpty();
    }

    @Test
    void findings_in_a_body_stand_at_their_own_place_and_once_at_the_block() {
        List<LintFinding> findings = Linting.lint(
                "SELECT 1;\nDO $x$\nDECLARE n int;\nBEGIN\n  -- é\n  IF true THEN\n    ALTER TABLE shop.t DROP COLUMN ä;\n  END IF;\nEND $x$");
        assertThat(Linting.of("COL-DROP", findings))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.line() + ":" + finding.column()).isEqualTo("7:5"));
        assertThat(Linting.of("PLPGSQL-BODY", findings))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.line() + ":" + finding.column()).isEqualTo("2:1"));
    }

    @Test
    void columns_count_whole_characters() {
        assertThat(Linting.of("SQL-UNPARSABLE", Linting.lint("/* 🐘é */ SELECT 'ü🐘' foo bar")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.column()).isEqualTo(26));
    }

    @Test
    void what_a_variable_may_hold_is_no_error() {
        assertThat(run(Runner.PSQL, "SQL-UNPARSABLE", ":whole_statement;"))
                .extracting(LintFinding::severity)
                .containsExactly(Severity.WARN);
    }

    @Test
    void a_long_transaction_costs_what_its_parts_cost() {
        nanos(200);
        long few = nanos(400);
        long many = nanos(3_200);
        assertThat(many).as("8 times the statements").isLessThan(few * 32);
    }

    private static long nanos(int tables) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < tables; i++) {
            sql.append(
                    String.format("CREATE TABLE n%d (a bigint REFERENCES p%d); ALTER TABLE t ADD a%d int;", i, i, i));
        }
        long start = System.nanoTime();
        assertThat(Linting.lint(sql.toString())).isNotEmpty();
        return System.nanoTime() - start;
    }
}
