package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import dev.nightshift.view.AuditTrail;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @Test
    void every_page_is_printed_a_document_a_line() {
        Typed typed = Typed.in(database, "audit", "-o", "json");

        assertThat(typed.out().lines())
                .hasSize(5)
                .allSatisfy(line ->
                        assertThat(line).startsWith("{\"apiVersion\":\"nightshift.dev/v1\",\"kind\":\"AuditEntry\""));
        assertThat(database.trails).hasSize(2);
    }

    @Test
    void csv_has_its_head_once_and_its_own_line_ends() {
        String out = Typed.in(database, "audit", "-o", "csv").out();

        assertThat(out.split("\r\n", -1)).hasSize(7);
        assertThat(out).startsWith("id,at,").doesNotContain("\n\n");
    }

    @Test
    void a_person_reads_who_did_what_and_what_came_of_it() {
        assertThat(Typed.in(database, "audit").out().lines())
                .contains(
                        "2026-03-02 02:31:14  7f3kmq  pause            bob@api from 10.0.0.1: deploy, then \"lunch\" -> paused")
                .contains(
                        "2026-03-02 02:31:14          thaw             ann@desk from 10.0.0.1: books are closed -> thawed: year-end")
                .anySatisfy(line -> assertThat(line).endsWith("over (not observed yet)"));
    }

    @Test
    void what_is_wanted_is_bounded_by_time_and_run() {
        Typed.in(database, "audit", "--since", "2026-03-02", "--until", "2026-03-03T00:00:00Z", "--run", "7f3kmq");

        assertThat(database.trails.get(0))
                .isEqualTo(new AuditTrail.Wanted(
                        Optional.of(Instant.parse("2026-03-01T23:00:00Z")),
                        Optional.of(Instant.parse("2026-03-03T00:00:00Z")),
                        Optional.of(new RunId("7f3kmq"))));
        assertThat(Typed.in(database, "audit", "--since", "yesterday").code()).isEqualTo(2);
    }

    @Test
    void a_server_says_the_same() {
        Typed typed = Typed.in(
                database,
                Map.of("NIGHTSHIFT_TOKEN", "t0ken"),
                "audit",
                "--server",
                "https://night.example:8443/shop",
                "-o",
                "json");

        assertThat(typed.out())
                .isEqualTo(Typed.in(database, "audit", "-o", "json").out());
    }
}
