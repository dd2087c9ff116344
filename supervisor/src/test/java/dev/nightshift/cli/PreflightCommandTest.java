package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.Outcome;
import dev.nightshift.guards.preflight.PreflightCheck;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.preflight.WalForecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightCommandTest {

    private static final CheckResult PASSED =
            new CheckResult(PreflightCheck.VERSION, Outcome.PASS, "PostgreSQL 15", "", Optional.empty());
    private static final CheckResult FAILED = new CheckResult(
            PreflightCheck.ROLE, Outcome.FAIL, "lacks pg_monitor", "GRANT pg_monitor TO ann", Optional.empty());
    private static final CheckResult WAIVED = new CheckResult(
            PreflightCheck.LONG_XACT, Outcome.FAIL, "open for 2 h", "end it", Optional.of("the nightly report"));

    private final FakeDatabase database = new FakeDatabase();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private String plan() throws IOException {
        return Files.writeString(directory.resolve("plan.yaml"), """
                nightshift: 1
                name: index
                database: {url: "%s"}
                replicas: none
                backup: none
                steps:
                  - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY i ON public.t (a)"}
                """.formatted(Typed.URL))
                .toString();
    }

    @Test
    void what_passes_and_what_the_plan_waives_ends_with_0() throws IOException {
        database.preflight = new PreflightReport(
                List.of(PASSED, WAIVED), List.of(WalForecast.sampled("fill", "public.t", 3e6, 1e9, 1e8)));

        Typed typed = Typed.in(database, "preflight", plan());

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("pass     PF-VERSION           PostgreSQL 15\n")
                .contains("waived   PF-LONG-XACT         open for 2 h\n")
                .contains("fail, and the plan waives it: the nightly report\n")
                .contains("about 3.00 M rows of public.t, 954 MiB of WAL")
                .contains(
                        "a run would start: 1 passed, 0 to look at, 0 failed, 0 not known, 1 waived; nothing was changed\n");
    }

    @Test
    void what_fails_is_printed_with_its_remedy_and_ends_with_3() throws IOException {
        database.preflight = new PreflightReport(List.of(PASSED, FAILED), List.of());

        Typed typed = Typed.in(database, "preflight", plan());

        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.out())
                .contains("fail     PF-ROLE              lacks pg_monitor\n")
                .contains("do: GRANT pg_monitor TO ann\n")
                .contains("a run would not start because of PF-ROLE: ")
                .endsWith("nothing was changed\n");
    }

    @Test
    void programs_get_every_check_as_json() throws IOException {
        database.preflight = new PreflightReport(List.of(PASSED, FAILED), List.of());

        Typed typed = Typed.in(database, "preflight", plan(), "-o", "json");

        assertThat(typed.code()).isEqualTo(3);
        assertThat(typed.out())
                .contains("\"kind\": \"PreflightReport\"", "\"passed\": false", "\"id\": \"PF-ROLE\"")
                .contains("\"remedy\": \"GRANT pg_monitor TO ann\"", "\"waived\": null", "\"stops\": true");
    }

    @Test
    void a_plan_with_mistakes_is_not_tried() throws IOException {
        Path file = Files.writeString(directory.resolve("plan.yaml"), "nightshift: 1\n");

        assertThat(Typed.in(database, "preflight", file.toString()).code()).isEqualTo(2);
    }
}
