package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Linter;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.parse.ParserPool;
import dev.nightshift.guards.lint.rule.Rules;
import dev.nightshift.run.Permanent;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.view.StatementTrace;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What statements really lock, rewrite and scan, and whether the linter says the same. */
class PgTracingIT {

    private static final FreshDatabase DATABASE = new FreshDatabase();
    private static final Vertx VERTX = EventLoops.create();
    private static final PgTracing TRACING = new PgTracing(url ->
            PgSessions.of(VERTX, url, Map.of("PGPASSWORD", DATABASE.migrator().password())));
    private static final Linter LINTER = new Linter(Rules.all(), new ParserPool(1));

    @BeforeEach
    void shop() {
        DATABASE.execute(
                "DROP SCHEMA IF EXISTS shop CASCADE",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.t (id bigint, a int, b int NOT NULL, v varchar(10), r int4range)",
                "INSERT INTO shop.t SELECT g, g, g, g::text, int4range(g, g + 1) FROM generate_series(1, 500) g",
                "CREATE INDEX t_a ON shop.t (a)",
                "CREATE UNIQUE INDEX t_b ON shop.t (b)",
                "CREATE TABLE shop.b (id bigint PRIMARY KEY)",
                "CREATE TABLE shop.a (id bigint, b_id bigint, c_id bigint CONSTRAINT a_b_fk REFERENCES shop.b)",
                "INSERT INTO shop.b VALUES (1)",
                "INSERT INTO shop.a VALUES (1, 1, 1)",
                "CREATE TABLE shop.p (id int, d date) PARTITION BY RANGE (d)",
                "CREATE TABLE shop.p1 PARTITION OF shop.p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
                "CREATE TABLE shop.c (id int, d date)",
                "INSERT INTO shop.c VALUES (1, '2026-01-05')",
                "CREATE MATERIALIZED VIEW shop.mv AS SELECT id FROM shop.b",
                "CREATE DOMAIN shop.price AS int",
                "CREATE TABLE shop.u (x shop.price)",
                "INSERT INTO shop.u VALUES (1)",
                "CREATE FUNCTION shop.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
    }

    @AfterAll
    static void close() {
        VERTX.close();
        DATABASE.close();
    }

    /**
     * A statement that a rule flags, and what the server shows.
     *
     * @param locks at least these
     * @param rewrote exactly these
     * @param scanned exactly these, with all that the statement reads as a whole
     */
    record Truth(String rule, String sql, List<String> locks, List<String> rewrote, List<String> scanned) {

        static Truth of(String rule, String sql, String... locks) {
            return new Truth(rule, sql, List.of(locks), List.of(), List.of());
        }

        Truth rewriting(String... relations) {
            return new Truth(rule, sql, locks, List.of(relations), scanned);
        }

        Truth scanning(String... tables) {
            return new Truth(rule, sql, locks, rewrote, List.of(tables));
        }

        @Override
        public String toString() {
            return rule + ": " + sql;
        }
    }

    static Stream<Truth> truths() {
        String exclusive = "ACCESS EXCLUSIVE on shop.t";
        return Stream.of(
                Truth.of("IDX-CREATE-NONCONCURRENT", "CREATE INDEX i ON shop.t (id)", "SHARE on shop.t")
                        .scanning("shop.t"),
                Truth.of("IDX-DROP-NONCONCURRENT", "DROP INDEX shop.t_a", exclusive, "ACCESS EXCLUSIVE on shop.t_a"),
                Truth.of(
                                "IDX-REINDEX-NONCONCURRENT",
                                "REINDEX TABLE shop.t",
                                "SHARE on shop.t",
                                "ACCESS EXCLUSIVE on shop.t_a")
                        .rewriting("shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of(
                                "COL-ADD-VOLATILE-DEFAULT",
                                "ALTER TABLE shop.t ADD COLUMN k uuid DEFAULT gen_random_uuid()",
                                exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of(
                                "COL-ADD-STORED-GENERATED",
                                "ALTER TABLE shop.t ADD COLUMN k int GENERATED ALWAYS AS (a * 2) STORED",
                                exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of("COL-ADD-SERIAL-IDENTITY", "ALTER TABLE shop.t ADD COLUMN n bigserial", exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of(
                        "COL-ADD-INLINE-CONSTRAINT",
                        "ALTER TABLE shop.t ADD COLUMN c bigint REFERENCES shop.b (id)",
                        exclusive,
                        "SHARE ROW EXCLUSIVE on shop.b"),
                Truth.of("COL-TYPE-CHANGE", "ALTER TABLE shop.t ALTER COLUMN a TYPE bigint", exclusive)
                        .rewriting("shop.t", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of("COL-SET-NOT-NULL", "ALTER TABLE shop.t ALTER COLUMN a SET NOT NULL", exclusive)
                        .scanning("shop.t"),
                Truth.of("COL-DROP", "ALTER TABLE shop.t DROP COLUMN v", exclusive),
                Truth.of("COL-RENAME", "ALTER TABLE shop.t RENAME COLUMN a TO z", exclusive),
                Truth.of(
                                "CON-FK-VALIDATING",
                                "ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES shop.b (id)",
                                "SHARE ROW EXCLUSIVE on shop.a",
                                "SHARE ROW EXCLUSIVE on shop.b")
                        .scanning("shop.a", "shop.b"),
                Truth.of("CON-CHECK-VALIDATING", "ALTER TABLE shop.t ADD CONSTRAINT c CHECK (a > 0)", exclusive)
                        .scanning("shop.t"),
                Truth.of("CON-UNIQUE-PK-BUILD", "ALTER TABLE shop.t ADD CONSTRAINT k UNIQUE (a)", exclusive)
                        .scanning("shop.t"),
                Truth.of(
                                "CON-EXCLUSION",
                                "ALTER TABLE shop.t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)",
                                exclusive)
                        .scanning("shop.t"),
                Truth.of(
                        "CON-DROP-FK-HIDDEN-LOCK",
                        "ALTER TABLE shop.a DROP CONSTRAINT a_b_fk",
                        "ACCESS EXCLUSIVE on shop.a",
                        "ACCESS EXCLUSIVE on shop.b"),
                Truth.of("TBL-DROP", "DROP TABLE shop.t CASCADE", exclusive),
                Truth.of("TBL-TRUNCATE", "TRUNCATE shop.t", exclusive).rewriting("shop.t", "shop.t_a", "shop.t_b"),
                Truth.of("TBL-RENAME", "ALTER TABLE shop.t RENAME TO z", exclusive),
                Truth.of("TBL-REWRITE-CMD", "ALTER TABLE shop.t SET UNLOGGED", exclusive)
                        .rewriting("shop.t", "shop.t_a", "shop.t_b")
                        .scanning("shop.t"),
                Truth.of("TBL-EXPLICIT-LOCK", "LOCK TABLE shop.t", exclusive),
                Truth.of("TBL-CTAS-LARGE", "CREATE TABLE shop.copy AS SELECT * FROM shop.t", "ACCESS SHARE on shop.t")
                        .scanning("shop.t"),
                Truth.of(
                                "PART-ATTACH-UNPROVEN",
                                "ALTER TABLE shop.p ATTACH PARTITION shop.c FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                                "ACCESS EXCLUSIVE on shop.c",
                                "SHARE UPDATE EXCLUSIVE on shop.p")
                        .scanning("shop.c"),
                Truth.of(
                        "PART-CREATE-OF",
                        "CREATE TABLE shop.p2 PARTITION OF shop.p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                        "ACCESS EXCLUSIVE on shop.p"),
                Truth.of(
                        "PART-DETACH-NONCONCURRENT",
                        "ALTER TABLE shop.p DETACH PARTITION shop.p1",
                        "ACCESS EXCLUSIVE on shop.p",
                        "ACCESS EXCLUSIVE on shop.p1"),
                Truth.of("MV-REFRESH-BLOCKING", "REFRESH MATERIALIZED VIEW shop.mv", "ACCESS EXCLUSIVE on shop.mv")
                        .rewriting("shop.mv")
                        .scanning("shop.b"),
                Truth.of(
                                "DOM-CONSTRAINT",
                                "ALTER DOMAIN shop.price ADD CONSTRAINT k CHECK (VALUE > 0)",
                                "SHARE on shop.u")
                        .scanning("shop.u"),
                Truth.of(
                        "TRG-CHANGE",
                        "CREATE TRIGGER g BEFORE INSERT ON shop.t FOR EACH ROW EXECUTE FUNCTION shop.f()",
                        "SHARE ROW EXCLUSIVE on shop.t"),
                Truth.of("RLS-POLICY", "ALTER TABLE shop.t ENABLE ROW LEVEL SECURITY", exclusive),
                Truth.of("REPL-IDENTITY", "ALTER TABLE shop.t REPLICA IDENTITY FULL", exclusive),
                Truth.of("DML-UNBOUNDED", "UPDATE shop.t SET a = 0", "ROW EXCLUSIVE on shop.t")
                        .scanning("shop.t"));
    }

    @ParameterizedTest
    @MethodSource("truths")
    void what_a_rule_says_is_what_the_server_does(Truth truth) {
        List<LintFinding> findings = LINTER.lint(Script.of("truth.sql", truth.sql())).stream()
                .filter(finding -> finding.rule().equals(truth.rule()))
                .toList();
        assertThat(findings).as("findings of " + truth.rule()).isNotEmpty();

        StatementTrace trace = one(truth.sql());

        assertThat(trace.error()).isEmpty();
        List<String> locks =
                trace.locks().stream().map(StatementTrace.Lock::toString).toList();
        assertThat(locks).containsAll(truth.locks());
        assertThat(trace.rewrote()).containsExactlyElementsOf(truth.rewrote());
        assertThat(trace.scanned()).containsExactlyElementsOf(truth.scanned());
        assertThat(truth.locks().get(0))
                .as("the lock of the finding")
                .startsWith(mode(findings.get(0).lock()));
    }

    /** Its first words in capitals: a mode of locks. */
    private static String mode(String lock) {
        return lock.replaceAll("[^A-Z ].*", "").strip();
    }

    @Test
    void what_cannot_run_in_a_transaction_runs_alone_and_its_locks_are_seen() {
        DATABASE.execute("INSERT INTO shop.t SELECT g, g, g, '', NULL FROM generate_series(1000, 200000) g");

        StatementTrace trace = one("CREATE INDEX CONCURRENTLY i ON shop.t (id)");

        assertThat(trace.error()).isEmpty();
        assertThat(trace.alone()).isTrue();
        assertThat(trace.locks()).contains(new StatementTrace.Lock("SHARE UPDATE EXCLUSIVE", "shop.t"));
        assertThat(trace.walBytes()).isPositive();
    }

    @Test
    void a_lock_belongs_to_the_statement_that_took_it_in_the_transaction_of_the_script() {
        List<StatementTrace> traces = trace(
                "BEGIN;\nALTER TABLE shop.t ADD COLUMN x int;\n  SELECT count(*) FROM shop.t;\nCOMMIT;\nSELECT x FROM shop.t;");

        assertThat(traces).extracting(StatementTrace::line).containsExactly(1, 2, 3, 4, 5);
        assertThat(traces).extracting(StatementTrace::column).containsExactly(1, 1, 3, 1, 1);
        assertThat(traces.get(1).locks()).contains(new StatementTrace.Lock("ACCESS EXCLUSIVE", "shop.t"));
        assertThat(traces.get(2).locks()).doesNotContain(new StatementTrace.Lock("ACCESS EXCLUSIVE", "shop.t"));
        assertThat(traces.get(2).scanned()).containsExactly("shop.t");
        assertThat(traces).noneMatch(StatementTrace::failed);
    }

    @Test
    void a_script_ends_at_the_first_statement_that_fails_and_its_transaction_is_undone() {
        List<StatementTrace> traces =
                trace("BEGIN; CREATE TABLE shop.x (id int); SELECT 1 / 0; CREATE TABLE shop.y (id int);");

        assertThat(traces).hasSize(3);
        assertThat(traces.get(2).error()).contains("division by zero");
        assertThat(DATABASE.text("SELECT to_regclass('shop.x')")).isEqualTo("null");
        assertThat(trace("\\d shop.t").get(0).error()).contains("psql");
    }

    @Test
    void a_database_in_use_or_with_a_journal_is_refused() throws SQLException {
        try (Connection other = DATABASE.connect("shop-api")) {
            assertThat(other.isValid(1)).isTrue();
            assertThatThrownBy(() -> trace("SELECT 1"))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("other sessions use it: 1");
        }
        DATABASE.execute("CREATE SCHEMA nightshift", "CREATE TABLE nightshift.runs (id text)");
        try {
            assertThatThrownBy(() -> trace("SELECT 1")).hasMessageContaining("journal");
        } finally {
            DATABASE.execute("DROP SCHEMA nightshift CASCADE");
        }
    }

    private static StatementTrace one(String sql) {
        List<StatementTrace> traces = trace(sql);
        assertThat(traces).hasSize(1);
        return traces.get(0);
    }

    private static List<StatementTrace> trace(String sql) {
        List<StatementTrace> traces = new ArrayList<>();
        TRACING.trace(DATABASE.url(), List.of(Script.of("truth.sql", sql)), traces::add);
        return traces;
    }
}
