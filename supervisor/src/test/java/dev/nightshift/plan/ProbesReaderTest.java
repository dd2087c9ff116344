package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.OutlineLines;
import dev.nightshift.guards.guard.Comparison;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Probe;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesReaderTest {

    @Test
    void questions_are_read_one_or_many_with_limits_of_their_own() {
        List<Probe> probes = Plans.accepted(Plans.PROBES).guards().probes();

        assertThat(probes)
                .containsExactly(
                        new Probe(
                                GuardKind.CUSTOM_SQL,
                                "outbox",
                                "SELECT count(*) FROM public.outbox",
                                "",
                                Duration.ofMillis(500),
                                new Limits(Limit.of(10_000), Limit.of(20_000), null)),
                        new Probe(
                                GuardKind.CUSTOM_SQL,
                                "hits",
                                "SELECT 0.99",
                                "",
                                Duration.ofSeconds(1),
                                new Limits(null, new Limit(0.9, Duration.ofSeconds(30), Comparison.BELOW), null)),
                        new Probe(
                                GuardKind.PROMETHEUS,
                                "",
                                "job:latency:p99",
                                "http://prometheus:9090",
                                Duration.ofSeconds(1),
                                new Limits(null, new Limit(0.5, Duration.ofMinutes(1), Comparison.ABOVE), null)));
    }

    @Test
    void check_prints_each_question_with_its_limits() {
        List<String> lines = OutlineLines.of(PlanOutline.of(Plans.accepted(Plans.PROBES)), 160).stream()
                .map(Line::plain)
                .toList();

        assertThat(lines)
                .anyMatch(line -> line.contains("custom-sql outbox") && line.contains("hold >= 20000"))
                .anyMatch(line -> line.contains("custom-sql hits") && line.contains("hold < 0.9 for 30 s"))
                .anyMatch(line -> line.endsWith("asks SELECT count(*) FROM public.outbox, within 0.5 s"))
                .anyMatch(line -> line.strip().startsWith("prometheus") && line.contains("hold > 0.5 for 1 min"))
                .anyMatch(line -> line.endsWith("asks job:latency:p99 at http://prometheus:9090, within 1 s"));
    }

    @Test
    void a_guard_is_waived_by_key_or_id_until_a_day_and_one_under_every_permit_never() {
        String waive = "waive: [{id: RG-XMIN-HORIZON, reason: nightly report, until: 2026-12-31},"
                + " {id: PF-LONG-XACT, reason: the same, until: 2026-12-31}]\n";

        assertThat(Plans.accepted(Plans.SMALL + waive).guards().waived())
                .isEqualTo(Map.of(GuardKind.XMIN_HORIZON, LocalDate.of(2026, 12, 31)));
        assertThat(Plans.problems(Plans.SMALL + waive.replace("RG-XMIN-HORIZON", "sensing")))
                .singleElement()
                .asString()
                .contains("waive[0].id: expected a guard that may be waived, found 'sensing'; permits rest on it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prometheus: [] | guards.prometheus: expected a question such as {url:",
                "prometheus: 7 | expected a question such as {url:",
                "prometheus: {query: up, hold: 1} | guards.prometheus.url: expected the key 'url', found none",
                "prometheus: {url: \"ftp://p\", query: up, hold: 1} | expected a URL such as http://prometheus:9090",
                "prometheus: {url: \"http://me:secret@p\", query: up, hold: 1} | found 'http://…@p'",
                "prometheus: {url: \"http://p\", query: up} | expected at least one of slow, hold, abort, found none",
                "prometheus: [{url: \"http://p\", query: a, hold: 1}, {url: \"http://p\", query: b, hold: 1}] | guards.prometheus[1]: expected a name for each of several, found none twice",
                "custom-sql: {name: a, sql: SELECT 1, hold: 5s} | expected a limit such as '> 0.5 for 1m', found '5s'",
                "custom-sql: {name: a, sql: SELECT 1, slow: 9, hold: 5} | guards.custom-sql.hold: expected slow, hold and abort to get worse",
                "custom-sql: {name: a, sql: SELECT 1, slow: \"< 9\", hold: 5} | guards.custom-sql.hold: expected slow, hold and abort to get worse",
                "custom-sql: {name: a, sql: SELECT 1, timeout: 9s, hold: 5} | expected a duration from 100ms to 5s, found '9s'",
                "custom-sql: {name: a, sql: DELETE FROM public.t, hold: 5} | expected a query such as",
                "custom-sql: {name: a, sql: SELECT 1; SELECT 2, hold: 5} | expected exactly one SQL statement",
                "custom-sql: {name: A b, sql: SELECT 1, hold: 5} | expected a name of a-z",
                "custom-sql: {name: a, querry: SELECT 1, hold: 5} | expected the key 'sql', found none",
            })
    void what_is_wrong_is_told_with_its_place(String guards, String problem) {
        assertThat(Plans.problems(Plans.SMALL + "guards: {" + guards + "}\n"))
                .anySatisfy(found -> assertThat(found).contains(problem).doesNotContain("secret"));
    }
}
