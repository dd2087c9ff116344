package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @Test
    void cuts_at_semicolons_and_leaves_out_empty_pieces() {
        assertThat(pieces("SELECT 1; ; SELECT 2;\n-- the end\n")).containsExactly("SELECT 1", "SELECT 2");
        assertThat(pieces(" /* nothing */ ;; -- at all")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';', 'it''s; so'",
                "SELECT E'a\\';b', e'\\\\'",
                "SELECT \"a;\"\"b\" FROM \"t;\"",
                "SELECT $$a;b$$, $q$ $$;$$ $q$, $tág_1$;$tág_1$",
                "SELECT U&'d\\0061t;' UESCAPE '!', U&\"d;\", N';', B'1', X'1f'",
                "SELECT 1 /* a; /* b; */ c; */ + 2",
                "SELECT 1 -- ; not here\n + 2",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END",
                "CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END",
                "DO 'BEGIN PERFORM 1; END'",
                "SELECT a$1, b$c$d FROM t",
                "SELECT 1e5, 0x1F, 1_000, a[1:2], b::text, c->>'x;', $1"
            })
    void keeps_one_statement_whole(String sql) {
        assertThat(SqlText.of(sql).flaw()).isEmpty();
        assertThat(pieces(sql + "; SELECT 2")).containsExactly(sql, "SELECT 2");
    }

    @Test
    void a_backslash_in_a_plain_string_escapes_nothing() {
        assertThat(pieces("SELECT 'a\\'; SELECT 2")).containsExactly("SELECT 'a\\'", "SELECT 2");
    }

    @Test
    void a_parameter_is_no_dollar_quote() {
        assertThat(pieces("SELECT $1; SELECT $1")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 'a | a string that begins at character 8 and is not closed",
                "SELECT E'a\\' | a string that begins at character 8 and is not closed",
                "SELECT \"a | a quoted name that begins at character 8 and is not closed",
                "SELECT $x$ $$ | a dollar-quoted string that begins at character 8 and is not closed",
                "SELECT /* /* */ | a comment that begins at character 8 and is not closed",
                "SELECT (1 | a '(' that is not closed",
                "SELECT 1) | a ')' without its '(' at character 9",
            })
    void names_what_is_not_closed(String sql, String flaw) {
        assertThat(SqlText.of(sql).flaw()).contains(flaw);
    }

    @Test
    void knows_its_first_words() {
        assertThat(SqlText.of("create /* x */ Index concurrently i on t").firstWords(3))
                .containsExactly("CREATE", "INDEX", "CONCURRENTLY");
        assertThat(SqlText.of("select 1").firstWords(5)).containsExactly("SELECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY i ON public.t (a)",
                "create unique index concurrently if not exists i on t (a)",
                "DROP INDEX CONCURRENTLY IF EXISTS i",
                "REINDEX INDEX CONCURRENTLY i",
                "REINDEX (VERBOSE) TABLE CONCURRENTLY t",
                "REINDEX (VERBOSE, CONCURRENTLY) TABLE t",
                "VACUUM (ANALYZE) t",
                "VACUUM (FULL false) t",
                "ALTER TABLE \"S\".t DETACH PARTITION p CONCURRENTLY"
            })
    void waits_patiently_outside_a_transaction_and_can_be_cancelled(String sql) {
        SqlStatement statement = one(sql);

        assertThat(statement.statementClass()).isEqualTo(StatementClass.CANCEL_ONLY);
        assertThat(statement.waitsPatiently()).isTrue();
        assertThat(statement.runsOutsideTransaction()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t VALIDATE CONSTRAINT c",
                "ALTER TABLE IF EXISTS ONLY public.\"T\" * VALIDATE CONSTRAINT c",
                "ANALYZE public.t",
                "ANALYZE (VERBOSE) t (a, b)"
            })
    void waits_patiently_in_a_transaction_and_can_be_cancelled(String sql) {
        SqlStatement statement = one(sql);

        assertThat(statement.statementClass()).isEqualTo(StatementClass.CANCEL_ONLY);
        assertThat(statement.waitsPatiently()).isTrue();
        assertThat(statement.runsOutsideTransaction()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON t (a)",
                "REINDEX TABLE t",
                "REINDEX (CONCURRENTLY false) TABLE t",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                "REFRESH MATERIALIZED VIEW v",
                "UPDATE t SET a = 1",
                "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x",
                "(SELECT 1)",
                "CALL p()",
                "CLUSTER t USING i"
            })
    void works_long_under_a_lock_timeout_and_can_be_cancelled(String sql) {
        SqlStatement statement = one(sql);

        assertThat(statement.statementClass()).isEqualTo(StatementClass.CANCEL_ONLY);
        assertThat(statement.waitsPatiently()).isFalse();
        assertThat(statement.runsOutsideTransaction()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD COLUMN c int",
                "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
                "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, VALIDATE CONSTRAINT c",
                "ALTER TABLE t DETACH PARTITION p",
                "ALTER TABLE concurrently DROP COLUMN validate",
                "ALTER TABLE t",
                "DROP TABLE t",
                "COMMENT ON TABLE t IS 'CREATE INDEX CONCURRENTLY'",
                "CREATE TABLE \"CONCURRENTLY\" (a int)"
            })
    void is_atomic_under_a_lock_timeout(String sql) {
        SqlStatement statement = one(sql);

        assertThat(statement.statementClass()).isEqualTo(StatementClass.ATOMIC);
        assertThat(statement.waitsPatiently()).isFalse();
        assertThat(statement.runsOutsideTransaction()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM FULL t",
                "VACUUM (FULL, ANALYZE) t",
                "VACUUM (FULL true) t",
                "REINDEX DATABASE shop",
                "REINDEX (VERBOSE) SCHEMA s",
                "CREATE DATABASE d",
                "ALTER SYSTEM SET a = 1",
                "CLUSTER",
                "CLUSTER (VERBOSE)",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p"
            })
    void runs_outside_a_transaction_under_a_lock_timeout(String sql) {
        assertThat(one(sql).runsOutsideTransaction()).isTrue();
        assertThat(one(sql).waitsPatiently()).isFalse();
    }

    @Test
    void knows_transaction_control_and_queries() {
        assertThat(List.of("BEGIN", "commit", "ROLLBACK TO a", "START TRANSACTION", "PREPARE TRANSACTION 'x'"))
                .allMatch(sql -> one(sql).controlsTransaction());
        assertThat(one("PREPARE p AS SELECT 1").controlsTransaction()).isFalse();
        assertThat(List.of("SELECT 1", "WITH x AS (SELECT 1) TABLE x", "VALUES (true)", "(SELECT true)"))
                .allMatch(sql -> one(sql).isQuery());
        assertThat(one("DELETE FROM t").isQuery()).isFalse();
    }

    private static List<String> pieces(String sql) {
        return SqlText.of(sql).statements().stream().map(SqlStatement::text).toList();
    }

    private static SqlStatement one(String sql) {
        List<SqlStatement> statements = SqlText.of(sql).statements();
        assertThat(statements).hasSize(1);
        return statements.get(0);
    }
}
