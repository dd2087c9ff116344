package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Constraint;
import dev.nightshift.guards.lint.catalog.Index;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.lint.SqlLint;
import dev.nightshift.schema.FreshDatabase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgLintCatalogIT {

    private static final FreshDatabase DATABASE = new FreshDatabase();
    private static final Vertx VERTX = EventLoops.create();
    private static PgLintCatalog catalog;

    @BeforeAll
    static void fill() {
        DATABASE.execute(
                "CREATE SCHEMA shop",
                "ALTER ROLE migrator IN DATABASE " + DATABASE.name() + " SET search_path = \"$user\", shop, public",
                "ALTER DATABASE " + DATABASE.name() + " SET lock_timeout = '3s'",
                "CREATE TABLE shop.parent (id int PRIMARY KEY)",
                "CREATE TABLE shop.t (id bigint NOT NULL, name varchar(10), parent int REFERENCES shop.parent,"
                        + " CONSTRAINT positive CHECK (id > 0))",
                "ALTER TABLE shop.t ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID",
                "CREATE UNIQUE INDEX t_key ON shop.t (id, lower(name)) INCLUDE (parent)",
                "INSERT INTO shop.t SELECT n, 'x' FROM generate_series(1, 20000) AS n",
                "ANALYZE shop.t",
                "CREATE TABLE shop.empty (id int)",
                "CREATE TABLE shop.fresh (id int)",
                "ALTER TABLE shop.fresh SET (autovacuum_enabled = off)",
                "INSERT INTO shop.fresh VALUES (1)",
                "CREATE TABLE shop.parts (day date NOT NULL) PARTITION BY RANGE (day)",
                "CREATE TABLE shop.rest PARTITION OF shop.parts DEFAULT",
                "CREATE FUNCTION shop.dice() RETURNS int LANGUAGE plpgsql AS"
                        + " 'BEGIN DELETE FROM shop.t; RETURN 4; END'",
                "CREATE DOMAIN shop.plain AS int",
                "CREATE DOMAIN shop.odd AS shop.plain CHECK (VALUE % 2 = 1)",
                "CREATE DOMAIN shop.odder AS shop.odd",
                "CREATE TABLE shop.flyway_schema_history (version text, success boolean)",
                "INSERT INTO shop.flyway_schema_history VALUES ('1', true), ('2.1', true), ('3', false), (NULL, true)");
        DATABASE.asSuperuser("CREATE PUBLICATION news FOR TABLE shop.t, shop.rest");
        catalog = PgLintCatalog.open(PgSessions.of(
                VERTX, DATABASE.url(), Map.of("PGPASSWORD", DATABASE.migrator().password())));
    }

    @AfterAll
    static void drop() {
        catalog.close();
        VERTX.close();
        DATABASE.close();
    }

    @Test
    void a_table_is_found_in_the_search_path_with_its_columns_constraints_and_indexes() {
        Table table = catalog.table(Name.unqualified("t")).orElseThrow();

        assertThat(table.name()).isEqualTo(new Name("shop", "t"));
        assertThat(table.kind()).isEqualTo(Table.Kind.TABLE);
        assertThat(table.rows()).isEqualTo(OptionalLong.of(20_000));
        assertThat(table.column("name").orElseThrow().type()).isEqualTo("character varying(10)");
        assertThat(table.column("id").orElseThrow().notNull()).isTrue();
        assertThat(table.constraint("named").orElseThrow())
                .satisfies(check -> assertThat(check.validated()).isFalse())
                .satisfies(check -> assertThat(check.expression()).isEqualTo("(name IS NOT NULL)"))
                .satisfies(check -> assertThat(check.columns()).containsExactly("name"));
        assertThat(table.constraints())
                .filteredOn(constraint -> constraint.kind() == Constraint.Kind.FOREIGN_KEY)
                .singleElement()
                .satisfies(key -> assertThat(key.parent()).contains(new Name("shop", "parent")));
        assertThat(table.indexes()).containsExactly(new Index("t_key", List.of("id", ""), true, true, false, false));
        assertThat(table.publications()).containsExactly("news");
        assertThat(catalog.tableOfIndex(new Name("shop", "t_key"))).contains(table);
    }

    @Test
    void what_is_not_known_is_empty() {
        assertThat(catalog.table(new Name("shop", "no"))).isEmpty();
        assertThat(catalog.table(new Name("shop", "fresh")).orElseThrow().rows())
                .isEmpty();
        assertThat(catalog.table(new Name("shop", "empty")).orElseThrow().rows())
                .isEqualTo(OptionalLong.of(0));
        assertThat(catalog.volatility(Name.unqualified("nothing_like_it"))).isEmpty();
        assertThat(catalog.constrainedDomain(Name.unqualified("int4"))).isEmpty();
    }

    @Test
    void a_partitioned_table_shows_its_key_its_default_and_the_publications_of_its_partitions() {
        Table parts = catalog.table(new Name("shop", "parts")).orElseThrow();

        assertThat(parts.isPartitioned()).isTrue();
        assertThat(parts.partitionKey()).containsExactly("day");
        assertThat(parts.defaultPartition()).contains(new Name("shop", "rest"));
        assertThat(parts.publications()).containsExactly("news");
    }

    @Test
    void functions_domains_and_settings_are_as_the_role_has_them() {
        assertThat(catalog.volatility(Name.unqualified("dice"))).contains(Volatility.VOLATILE);
        assertThat(catalog.volatility(Name.unqualified("now"))).contains(Volatility.STABLE);
        assertThat(catalog.volatility(Name.unqualified("lower"))).contains(Volatility.IMMUTABLE);
        assertThat(catalog.routine(new Name("shop", "dice")).orElseThrow()).startsWith("CREATE OR REPLACE FUNCTION");
        assertThat(catalog.constrainedDomain(Name.unqualified("plain"))).contains(false);
        assertThat(catalog.constrainedDomain(Name.unqualified("odder"))).contains(true);
        assertThat(catalog.setting("LOCK_TIMEOUT")).contains("3s");
        assertThat(catalog.setting("work_mem")).isEqualTo(Optional.empty());
        assertThat(catalog.serverVersion().orElseThrow()).isBetween(14, 18);
        assertThat(catalog.appliedMigrations()).containsExactlyInAnyOrder("1", "2.1");
    }

    @Test
    void the_catalog_settles_what_text_alone_cannot() {
        assertThat(errors("ALTER TABLE shop.t ALTER COLUMN name TYPE varchar(20)"))
                .isEmpty();
        assertThat(errors("ALTER TABLE shop.t ALTER COLUMN name TYPE varchar(5)"))
                .contains("COL-TYPE-CHANGE");
        assertThat(errors("ALTER TABLE shop.t ALTER COLUMN name SET NOT NULL")).contains("COL-SET-NOT-NULL");
        assertThat(errors("CREATE INDEX i ON shop.empty (id)")).doesNotContain("IDX-CREATE-NONCONCURRENT");
        assertThat(errors("CREATE INDEX i ON shop.t (id)")).contains("IDX-CREATE-NONCONCURRENT");
        assertThat(errors("SELECT shop.dice()")).contains("DML-UNBOUNDED");
    }

    private static List<String> errors(String sql) {
        try (SqlLint linter = new SqlLint(catalog, OptionalInt.empty())) {
            return linter.lint(Script.of("a.sql", sql)).findings().stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .map(LintFinding::rule)
                    .toList();
        }
    }
}
