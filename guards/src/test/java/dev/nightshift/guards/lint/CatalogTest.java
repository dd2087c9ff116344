package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.lint.catalog.Constraint;
import dev.nightshift.guards.lint.catalog.Index;
import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "character varying(10)       | varchar(20)     | true",
                "character varying(10)       | varchar         | true",
                "character varying(20)       | varchar(10)     | false",
                "text                        | varchar(10)     | false",
                "text                        | varchar         | true",
                "numeric(10,2)               | numeric(12,2)   | true",
                "numeric(10,2)               | numeric         | true",
                "numeric(10,2)               | numeric(12,3)   | false",
                "integer                     | bigint          | false",
                "integer                     | int             | true",
                "timestamp without time zone | timestamptz     | false",
                "timestamp(3) without time zone | timestamp(6) | true",
                "timestamp(6) without time zone | timestamp(3) | false",
                "bit varying(5)              | varbit(9)       | true",
                "cidr                        | inet            | true",
                "inet                        | cidr            | false",
                "character(5)                | text            | false",
                "integer[]                   | int[]           | false",
                "jsonb                       | json            | false"
            })
    void the_old_type_settles_whether_a_change_rewrites(String old, String wanted, boolean free) {
        FakeCatalog catalog = new FakeCatalog().column("t", "a", old, false);
        assertThat(Linting.of("COL-TYPE-CHANGE", Linting.lint("ALTER TABLE t ALTER a TYPE " + wanted, catalog))
                        .isEmpty())
                .isEqualTo(free);
    }

    @Test
    void a_timestamp_becomes_timestamptz_for_free_where_the_zone_is_utc() {
        FakeCatalog catalog = new FakeCatalog().column("t", "a", "timestamp without time zone", false);
        String sql = "ALTER TABLE t ALTER a TYPE timestamptz";
        assertThat(Linting.of("COL-TYPE-CHANGE", Linting.lint("SET timezone = 'UTC'; " + sql, catalog)))
                .isEmpty();
        assertThat(Linting.of("COL-TYPE-CHANGE", Linting.lint(sql, catalog.setting("TimeZone", "UTC"))))
                .isEmpty();
        assertThat(Linting.of("COL-TYPE-CHANGE", Linting.lint("SET timezone = 'Europe/Paris'; " + sql, catalog)))
                .hasSize(1);
    }

    @Test
    void only_a_validated_check_of_the_same_column_proves_not_null() {
        String sql = "ALTER TABLE t ALTER a SET NOT NULL";
        assertThat(Linting.of(
                        "COL-SET-NOT-NULL",
                        Linting.lint(sql, new FakeCatalog().check("t", "k", "(a IS NOT NULL)", true))))
                .isEmpty();
        assertThat(Linting.of(
                        "COL-SET-NOT-NULL",
                        Linting.lint(sql, new FakeCatalog().check("t", "k", "(a IS NOT NULL)", false))))
                .hasSize(1);
        assertThat(Linting.of(
                        "COL-SET-NOT-NULL",
                        Linting.lint(sql, new FakeCatalog().check("t", "k", "(ab IS NOT NULL)", true))))
                .hasSize(1);
        assertThat(Linting.of(
                        "COL-SET-NOT-NULL",
                        Linting.lint(sql, new FakeCatalog().check("t", "k", "((a IS NOT NULL) OR (b > 0))", true))))
                .hasSize(1);
        assertThat(Linting.of(
                        "COL-SET-NOT-NULL", Linting.lint(sql, new FakeCatalog().column("t", "a", "integer", true))))
                .isEmpty();
    }

    @Test
    void validating_another_constraint_proves_nothing() {
        FakeCatalog catalog = new FakeCatalog().check("t", "k", "(b > 0)", false);
        assertThat(Linting.of(
                        "COL-SET-NOT-NULL",
                        Linting.lint(
                                "ALTER TABLE t VALIDATE CONSTRAINT k; ALTER TABLE t ALTER a SET NOT NULL", catalog)))
                .hasSize(1);
    }

    @Test
    void functions_and_domains_are_resolved() {
        FakeCatalog catalog = new FakeCatalog()
                .function("f", Volatility.STABLE)
                .function("g", Volatility.VOLATILE)
                .domain("d", true)
                .domain("e", false);
        assertThat(Linting.of("COL-ADD-VOLATILE-DEFAULT", Linting.lint("ALTER TABLE t ADD a int DEFAULT f()", catalog)))
                .isEmpty();
        assertThat(Linting.of("COL-ADD-VOLATILE-DEFAULT", Linting.lint("ALTER TABLE t ADD a int DEFAULT g()", catalog)))
                .hasSize(1);
        assertThat(Linting.of("COL-ADD-VOLATILE-DEFAULT", Linting.lint("ALTER TABLE t ADD a d", catalog)))
                .hasSize(1);
        assertThat(Linting.of("COL-ADD-VOLATILE-DEFAULT", Linting.lint("ALTER TABLE t ADD a e", catalog)))
                .isEmpty();
    }

    @Test
    void an_index_in_the_database_serves_a_foreign_key_if_it_leads_with_the_columns() {
        String sql = "ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b NOT VALID";
        FakeCatalog leading =
                new FakeCatalog().index("a", new Index("i", List.of("b_id", "x"), false, true, false, false));
        FakeCatalog trailing =
                new FakeCatalog().index("a", new Index("i", List.of("x", "b_id"), false, true, false, false));
        FakeCatalog invalid = new FakeCatalog().index("a", new Index("i", List.of("b_id"), false, false, false, false));
        assertThat(Linting.of("CON-FK-NO-INDEX", Linting.lint(sql, leading))).isEmpty();
        assertThat(Linting.of("CON-FK-NO-INDEX", Linting.lint(sql, trailing))).hasSize(1);
        assertThat(Linting.of("CON-FK-NO-INDEX", Linting.lint(sql, invalid))).hasSize(1);
    }

    @Test
    void dropping_a_foreign_key_names_the_parent() {
        FakeCatalog catalog = new FakeCatalog()
                .constraint(
                        "a",
                        new Constraint(
                                "f",
                                Constraint.Kind.FOREIGN_KEY,
                                List.of("b_id"),
                                "",
                                true,
                                Optional.of(Name.parse("public.b"))));
        assertThat(Linting.of("CON-DROP-FK-HIDDEN-LOCK", Linting.lint("ALTER TABLE a DROP CONSTRAINT f", catalog)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("public.b"));
        assertThat(Linting.of("CON-DROP-FK-HIDDEN-LOCK", Linting.lint("DROP TABLE a", catalog)))
                .hasSize(1);
        assertThat(Linting.of("CON-DROP-FK-HIDDEN-LOCK", Linting.lint("DROP TABLE c", catalog)))
                .isEmpty();
    }

    @Test
    void a_default_partition_is_scanned_even_when_the_new_one_is_proven() {
        String sql = "ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (0) TO (10)";
        FakeCatalog proven = new FakeCatalog()
                .partitioned("p", "id", Optional.empty())
                .check("c", "k", "((id IS NOT NULL) AND (id >= 0) AND (id < 10))", true);
        assertThat(Linting.of("PART-ATTACH-UNPROVEN", Linting.lint(sql, proven)))
                .isEmpty();
        FakeCatalog other = new FakeCatalog()
                .partitioned("p", "d", Optional.empty())
                .check("c", "k", "((id IS NOT NULL) AND (id >= 0) AND (id < 10))", true);
        assertThat(Linting.of("PART-ATTACH-UNPROVEN", Linting.lint(sql, other))).hasSize(1);
        FakeCatalog beside = proven.partitioned("p", "id", Optional.of(Name.parse("public.p_default")));
        assertThat(Linting.of("PART-ATTACH-UNPROVEN", Linting.lint(sql, beside)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.relation()).isEqualTo("public.p_default"));
    }

    @Test
    void an_index_that_is_there_and_valid_makes_if_not_exists_safe() {
        String sql = "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)";
        FakeCatalog valid = new FakeCatalog().index("t", new Index("i", List.of("a"), false, true, false, false));
        FakeCatalog invalid = new FakeCatalog().index("t", new Index("i", List.of("a"), false, false, false, false));
        assertThat(Linting.of("IDX-CONCURRENT-NOT-RERUNNABLE", Linting.lint(sql, valid)))
                .isEmpty();
        assertThat(Linting.of("IDX-CONCURRENT-NOT-RERUNNABLE", Linting.lint(sql, new FakeCatalog().table("t"))))
                .isEmpty();
        assertThat(Linting.of("IDX-CONCURRENT-NOT-RERUNNABLE", Linting.lint(sql, invalid)))
                .hasSize(1);
    }

    @Test
    void size_raises_and_lowers_the_severity() {
        String sql = "CREATE INDEX ON t (a)";
        assertThat(severity(sql, 500)).isEqualTo(Severity.WARN);
        assertThat(severity(sql, 500_000)).isEqualTo(Severity.ERROR);
        assertThat(Linting.of(
                        "TBL-CTAS-LARGE",
                        Linting.lint("CREATE TABLE c AS SELECT * FROM t", new FakeCatalog().rows("t", 50_000_000))))
                .extracting(LintFinding::severity)
                .containsExactly(Severity.WARN);
    }

    private static Severity severity(String sql, long rows) {
        return Linting.of("IDX-CREATE-NONCONCURRENT", Linting.lint(sql, new FakeCatalog().rows("t", rows)))
                .get(0)
                .severity();
    }

    @Test
    void a_big_table_wants_a_bound_on_an_indexed_column() {
        FakeCatalog big = new FakeCatalog()
                .rows("t", 5_000_000)
                .index("t", new Index("t_pkey", List.of("id"), true, true, true, false));
        assertThat(Linting.of("DML-UNBOUNDED", Linting.lint("UPDATE t SET a = 0 WHERE b IS NULL", big)))
                .hasSize(1);
        assertThat(Linting.of("DML-UNBOUNDED", Linting.lint("UPDATE t SET a = 0 WHERE id > 5 AND id < 9", big)))
                .isEmpty();
    }

    @Test
    void a_published_table_without_a_key_takes_no_updates() {
        FakeCatalog keyless = new FakeCatalog().published("t");
        assertThat(Linting.of("REPL-IDENTITY", Linting.lint("DELETE FROM t WHERE id = 1", keyless)))
                .hasSize(1);
        FakeCatalog keyed = new FakeCatalog()
                .published("t")
                .index("t", new Index("t_pkey", List.of("id"), true, true, true, false));
        assertThat(Linting.of("REPL-IDENTITY", Linting.lint("DELETE FROM t WHERE id = 1", keyed)))
                .isEmpty();
    }

    @Test
    void a_routine_of_the_database_is_read_when_the_script_calls_it() {
        FakeCatalog catalog = new FakeCatalog()
                .routine(
                        "purge",
                        "CREATE FUNCTION purge() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM t; END $$");
        assertThat(Linting.of("DML-UNBOUNDED", Linting.lint("SELECT purge()", catalog)))
                .hasSize(1);
        assertThat(Linting.of("PLPGSQL-BODY", Linting.lint("SELECT purge()", catalog)))
                .hasSize(1);
    }

    @Test
    void a_lock_timeout_of_the_role_is_in_force() {
        FakeCatalog catalog = new FakeCatalog().setting("lock_timeout", "3s");
        assertThat(Linting.of("TXN-LOCK-TIMEOUT-MISSING", Linting.lint("ALTER TABLE t ADD a int", catalog)))
                .isEmpty();
    }

    @Test
    void if_not_exists_makes_a_table_new_only_when_the_database_has_none() {
        String sql = "CREATE TABLE IF NOT EXISTS t (a int); CREATE INDEX ON t (a)";
        assertThat(Linting.of("IDX-CREATE-NONCONCURRENT", Linting.lint(sql))).isEmpty();
        assertThat(Linting.of("IDX-CREATE-NONCONCURRENT", Linting.lint(sql, new FakeCatalog().table("t"))))
                .hasSize(1);
    }
}
