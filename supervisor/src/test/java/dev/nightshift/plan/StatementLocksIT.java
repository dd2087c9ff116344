package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.schema.FreshDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the outline says about locks is what a server does. */
class StatementLocksIT {

    private static final List<String> WEAK_TO_STRONG = List.of(
            "AccessShareLock",
            "RowShareLock",
            "RowExclusiveLock",
            "ShareUpdateExclusiveLock",
            "ShareLock",
            "ShareRowExclusiveLock",
            "ExclusiveLock",
            "AccessExclusiveLock");

    private static FreshDatabase database;

    @BeforeAll
    static void create() {
        database = new FreshDatabase();
        database.execute(
                "CREATE SCHEMA lab",
                "CREATE TABLE lab.parent (id int PRIMARY KEY)",
                "CREATE TABLE lab.t (id int PRIMARY KEY, a int, b text NOT NULL DEFAULT '', p int)",
                "ALTER TABLE lab.t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID",
                "CREATE INDEX t_a ON lab.t (a)",
                "CREATE UNIQUE INDEX t_id ON lab.t (id)",
                "CREATE TABLE lab.whole (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE lab.part PARTITION OF lab.whole FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE lab.loose (id int)",
                "CREATE MATERIALIZED VIEW lab.v AS SELECT 1 AS one",
                "CREATE UNIQUE INDEX ON lab.v (one)",
                "CREATE FUNCTION lab.f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                "CREATE TRIGGER h BEFORE INSERT ON lab.t FOR EACH ROW EXECUTE FUNCTION lab.f()");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX ON lab.t (p)",
                "CREATE UNIQUE INDEX t_p ON ONLY lab.t USING btree (id, p)",
                "CREATE TRIGGER g BEFORE UPDATE OF a, b ON lab.t FOR EACH ROW EXECUTE FUNCTION lab.f()",
                "ALTER TABLE lab.t VALIDATE CONSTRAINT positive",
                "ALTER TABLE lab.t ADD COLUMN c int",
                "ALTER TABLE IF EXISTS ONLY lab.t DROP COLUMN p, ALTER a SET STATISTICS 10",
                "ALTER TABLE lab.t DROP CONSTRAINT positive",
                "ALTER TABLE lab.t RENAME TO s",
                "ALTER TABLE lab.t ADD CONSTRAINT c CHECK (p IS NOT NULL) NOT VALID",
                "ALTER TABLE lab.t ADD CHECK (p IS NOT NULL)",
                "ALTER TABLE lab.t ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES lab.parent (id) NOT VALID",
                "ALTER TABLE lab.t ALTER COLUMN b DROP NOT NULL",
                "ALTER TABLE lab.t ALTER \"id\" SET NOT NULL",
                "ALTER TABLE lab.t ADD CONSTRAINT u UNIQUE USING INDEX t_id",
                "DROP TRIGGER IF EXISTS h ON lab.t",
                "DO 'BEGIN LOCK TABLE lab.t IN SHARE ROW EXCLUSIVE MODE; END'",
                "ALTER TABLE lab.whole DETACH PARTITION lab.part",
                "ALTER TABLE lab.whole ATTACH PARTITION lab.loose FOR VALUES FROM (10) TO (20)",
                "REFRESH MATERIALIZED VIEW lab.v",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY lab.v",
                "UPDATE lab.t SET a = 1",
                "INSERT INTO lab.t (id, a) SELECT 1, 1",
                "DELETE FROM ONLY lab.t WHERE a = 1"
            })
    void takes_the_locks_that_the_text_tells(String sql) throws SQLException {
        List<TableLock> told = StatementLocks.of(StatementStep.one(sql));

        Map<String, String> taken = taken(sql);

        assertThat(told).isNotEmpty().allSatisfy(lock -> assertThat(taken).containsEntry(lock.on(), lock.mode()));
    }

    /** The strongest lock on each relation, by its name before the statement. */
    private static Map<String, String> taken(String sql) throws SQLException {
        try (Connection connection = database.connect("locks");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Map<String, String> names = new HashMap<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT oid::text, 'lab.' || relname FROM pg_class WHERE relnamespace = 'lab'::regnamespace")) {
                while (rows.next()) {
                    names.put(rows.getString(1), rows.getString(2));
                }
            }
            statement.execute(sql);
            Map<String, String> strongest = new HashMap<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT relation::text, mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation IS NOT NULL")) {
                while (rows.next()) {
                    String name = names.getOrDefault(rows.getString(1), "another");
                    strongest.merge(name, rows.getString(2), StatementLocksIT::stronger);
                }
            }
            connection.rollback();
            strongest.replaceAll((name, mode) -> words(mode));
            return strongest;
        }
    }

    private static String stronger(String one, String other) {
        return WEAK_TO_STRONG.indexOf(one) >= WEAK_TO_STRONG.indexOf(other) ? one : other;
    }

    private static String words(String mode) {
        return mode.replaceAll("Lock$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
    }
}
