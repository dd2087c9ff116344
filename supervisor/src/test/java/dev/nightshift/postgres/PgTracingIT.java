package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.lint.Script;
import dev.nightshift.run.Permanent;
import dev.nightshift.schema.FreshDatabase;
import dev.nightshift.view.StatementTrace;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a trace says of scripts and of the databases that it is given; what it measures is held in {@link LintTruthIT}. */
class PgTracingIT {

    private static final FreshDatabase DATABASE = new FreshDatabase();
    private static final Vertx VERTX = EventLoops.create();
    private static final PgTracing TRACING = new PgTracing(url ->
            PgSessions.of(VERTX, url, Map.of("PGPASSWORD", DATABASE.migrator().password())));

    @BeforeEach
    void shop() {
        DATABASE.execute(TracedServer.SHOP);
    }

    @AfterAll
    static void close() {
        VERTX.close();
        DATABASE.close();
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
