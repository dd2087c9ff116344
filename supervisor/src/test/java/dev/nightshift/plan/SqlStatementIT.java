package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.schema.FreshDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words tell about transactions and about where a statement ends is what a server thinks. */
class SqlStatementIT {

    private static FreshDatabase database;

    @BeforeAll
    static void create() {
        database = new FreshDatabase();
        database.execute(
                "CREATE SCHEMA lab",
                "CREATE TABLE lab.t (id int PRIMARY KEY, a int)",
                "CREATE INDEX t_a ON lab.t (a)",
                "ALTER TABLE lab.t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID",
                "CREATE TABLE lab.whole (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE lab.part PARTITION OF lab.whole FOR VALUES FROM (0) TO (10)",
                "CREATE MATERIALIZED VIEW lab.v AS SELECT 1 AS one",
                "CREATE UNIQUE INDEX ON lab.v (one)");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY i ON lab.t (a)",
                "CREATE UNIQUE INDEX CONCURRENTLY i ON lab.t (id)",
                "CREATE INDEX i ON lab.t (a)",
                "DROP INDEX CONCURRENTLY lab.t_a",
                "DROP INDEX lab.t_a",
                "REINDEX INDEX CONCURRENTLY lab.t_a",
                "REINDEX (VERBOSE) TABLE CONCURRENTLY lab.t",
                "REINDEX (CONCURRENTLY) TABLE lab.t",
                "REINDEX (CONCURRENTLY false) TABLE lab.t",
                "REINDEX TABLE lab.t",
                "REINDEX SCHEMA lab",
                "REINDEX (VERBOSE) SCHEMA lab",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY lab.v",
                "REFRESH MATERIALIZED VIEW lab.v",
                "VACUUM lab.t",
                "VACUUM (ANALYZE) lab.t",
                "VACUUM FULL lab.t",
                "ANALYZE lab.t",
                "CLUSTER lab.t USING t_a",
                "CLUSTER",
                "ALTER TABLE lab.t VALIDATE CONSTRAINT positive",
                "ALTER TABLE lab.whole DETACH PARTITION lab.part CONCURRENTLY",
                "ALTER TABLE lab.whole DETACH PARTITION lab.part",
                "CREATE DATABASE never_made",
                "DROP DATABASE IF EXISTS never_made",
                "ALTER SYSTEM SET work_mem = '8MB'",
                "CREATE FUNCTION lab.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END",
                "CREATE RULE r AS ON UPDATE TO lab.t DO ALSO (DELETE FROM lab.t; DELETE FROM lab.t)"
            })
    void a_server_refuses_in_a_transaction_block_what_the_words_keep_out_of_one(String sql) throws SQLException {
        SqlStatement statement = StatementStep.one(sql);

        assertThat(refusedInTransaction(statement.text())).isEqualTo(statement.runsOutsideTransaction());
    }

    private static boolean refusedInTransaction(String sql) throws SQLException {
        try (Connection connection = database.superuser().connect("words");
                Statement session = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                session.execute(sql);
                return false;
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("25001");
                return true;
            } finally {
                connection.rollback();
            }
        }
    }
}
