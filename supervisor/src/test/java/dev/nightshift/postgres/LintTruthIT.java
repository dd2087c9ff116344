package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Linter;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.BuiltInFunctions;
import dev.nightshift.guards.lint.parse.ParserPool;
import dev.nightshift.guards.lint.rule.Rules;
import dev.nightshift.postgres.LintTruths.Failing;
import dev.nightshift.postgres.LintTruths.Shown;
import dev.nightshift.postgres.LintTruths.Truth;
import dev.nightshift.view.StatementTrace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the linter says what the server does: each rule, on the tests' server, or with -Pversions on 14 to 18. */
class LintTruthIT {

    private static final List<TracedServer> SERVERS = TracedServer.all();
    private static final Linter LINTER = new Linter(Rules.all(), new ParserPool(1));

    @AfterAll
    static void close() {
        SERVERS.forEach(server -> server.database().close());
    }

    private static Stream<Arguments> on(List<?> cases) {
        return SERVERS.stream().flatMap(server -> cases.stream().map(one -> Arguments.of(server, one)));
    }

    static Stream<Arguments> traced() {
        return on(LintTruths.traced());
    }

    static Stream<Arguments> failing() {
        return on(LintTruths.failing());
    }

    static Stream<Arguments> shown() {
        return on(LintTruths.shown());
    }

    static List<TracedServer> servers() {
        return SERVERS;
    }

    @Test
    void every_rule_has_a_truth_or_a_reason_why_there_is_none() {
        Stream<String> held = Stream.of(
                        LintTruths.traced().stream().map(Truth::rule),
                        LintTruths.failing().stream().map(Failing::rule),
                        LintTruths.shown().stream().map(Shown::rule),
                        LintTruths.NOTHING_TO_MEASURE.keySet().stream())
                .flatMap(Function.identity());
        assertThat(held)
                .containsExactlyInAnyOrderElementsOf(
                        Rules.all().stream().map(rule -> rule.card().id()).toList());
    }

    @ParameterizedTest
    @MethodSource("traced")
    void what_a_rule_says_of_locks_rewrites_and_scans_is_what_the_server_does(TracedServer server, Truth truth) {
        LintFinding finding = flagged(truth.rule(), truth.sql());
        server.database().execute(TracedServer.SHOP);

        List<StatementTrace> traces = server.trace(truth.sql());

        assertThat(traces).allSatisfy(trace -> assertThat(trace.error()).isEmpty());
        StatementTrace last = traces.get(traces.size() - 1);
        assertThat(last.locks()).extracting(StatementTrace.Lock::toString).containsAll(truth.locks());
        assertThat(last.rewrote()).containsExactlyElementsOf(truth.rewrote());
        assertThat(last.scanned()).containsExactlyElementsOf(truth.scanned());
        assertThat(truth.locks().get(0)).as("the lock of the finding").startsWith(mode(finding.lock()));
    }

    /** Its first words in capitals: a mode of locks, unless it leaves open which. */
    private static String mode(String lock) {
        return lock.contains(" or stronger")
                ? ""
                : lock.replaceAll("[^A-Z ].*", "").strip();
    }

    @ParameterizedTest
    @MethodSource("failing")
    void what_a_rule_says_will_fail_fails(TracedServer server, Failing failing) throws SQLException {
        flagged(failing.rule(), failing.sql());
        server.database().execute(TracedServer.SHOP);

        try (Connection connection = server.database().connect("truth");
                Statement statement = connection.createStatement()) {
            List<String> all = failing.statements();
            for (String sql : all.subList(0, all.size() - 1)) {
                statement.execute(sql);
            }
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(all.get(all.size() - 1)))
                    .extracting(SQLException::getSQLState)
                    .isEqualTo(failing.sqlState());
        }
    }

    @ParameterizedTest
    @MethodSource("shown")
    void what_a_rule_warns_of_happens(TracedServer server, Shown shown) throws SQLException {
        flagged(shown.rule(), shown.sql());
        server.database().execute(TracedServer.SHOP);

        boolean seen;
        try (Connection connection = server.database().connect("truth");
                Statement statement = connection.createStatement()) {
            for (String sql : shown.statements()) {
                carryOut(statement, sql);
            }
            seen = !shown.after() && isTrue(statement, shown.question());
        }
        if (shown.after()) {
            try (Connection connection = server.database().connect("truth");
                    Statement statement = connection.createStatement()) {
                seen = isTrue(statement, shown.question());
            }
        }
        assertThat(seen).as(shown.question()).isTrue();
    }

    /** Its failure may be what makes the truth. */
    private static void carryOut(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            System.out.println(sql + ": " + e.getMessage());
        }
    }

    private static boolean isTrue(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void functions_are_volatile_or_not_as_the_catalog_says(TracedServer server) {
        assertThat(volatileAmong(server, BuiltInFunctions.OWN_NOT_VOLATILE)).isEmpty();
        List<String> known = server.database()
                .texts("SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace");
        assertThat(BuiltInFunctions.VOLATILE)
                .filteredOn(known::contains)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        name -> assertThat(volatileAmong(server, Set.of(name))).isNotEmpty());
    }

    private static List<String> volatileAmong(TracedServer server, Set<String> functions) {
        return server.database()
                .texts("SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
                        + " AND provolatile = 'v' AND proname = ANY ('{" + String.join(",", functions) + "}')");
    }

    private static LintFinding flagged(String rule, String sql) {
        List<LintFinding> findings = LINTER.lint(Script.of("truth.sql", sql)).stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
        assertThat(findings).as("findings of " + rule).isNotEmpty();
        return findings.get(0);
    }
}
