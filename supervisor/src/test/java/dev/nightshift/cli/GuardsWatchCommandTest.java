package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.GuardLook;
import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardsWatchCommandTest {

    private final FakeDatabase database = new FakeDatabase();

    @AfterEach
    void nobody_is_interrupted_any_more() {
        Thread.interrupted();
    }

    @Test
    void one_look_shows_each_value_beside_its_limits_and_what_is_not_known() {
        Typed typed = Typed.in(database, "guards", "watch", "--once");

        assertThat(typed.code()).isZero();
        assertThat(typed.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("shop at localhost:5432 · guards, without a run · unknown")
                        .endsWith("02:31:14"))
                .contains(
                        "replica-lag standby-a     2.3 s  slow 2 s, hold 5 s, abort 5 min",
                        "  slow: replica lag standby-a 2.3 s > 2 s",
                        "blocked-sessions by us        0  hold 1 for 2 s, abort 20 for 30 s",
                        "  unknown: prometheus p99 unknown of 0.5 (connection refused)",
                        "nothing seen now: archive")
                .anyMatch(line -> line.matches("prometheus p99 +unknown *"));
        assertThat(database.looks).isEqualTo(3);
        assertThat(database.done).containsExactly("stopped looking");
        assertThat(database.watched.orElseThrow().replicas()).isEqualTo(DeclaredReplicas.DISCOVER);
    }

    @Test
    void without_a_terminal_each_look_is_one_line_for_each_reading() {
        database.mostLooks = 1;
        Typed typed = Typed.in(database, "guards", "watch");

        assertThat(typed.out().lines())
                .hasSize(6)
                .startsWith(
                        "02:31:14  slow  replica-lag standby-a  2.3 s  slow: replica lag standby-a 2.3 s > 2 s",
                        "02:31:14  clear  blocked-sessions by us  0  hold 1 for 2 s, abort 20 for 30 s",
                        "02:31:14  unknown  prometheus p99  unknown  unknown: prometheus p99 unknown of 0.5"
                                + " (connection refused)");
    }

    @Test
    void a_replica_that_cannot_be_judged_is_told_first() {
        database.seen = new GuardLook.Seen(database.seen.judgement(), List.of("replica standby-b is not there"));

        assertThat(Typed.in(database, "guards", "watch", "--once").out()).contains("replicas  replica standby-b is");
        database.mostLooks = 3;
        assertThat(Typed.in(database, "guards", "watch").out())
                .startsWith("02:31:14  unknown  replicas  replica standby-b is not there\n");
    }

    @Test
    void for_programs_each_look_is_one_document_and_unknown_is_null() {
        database.mostLooks = 1;
        assertThat(Typed.in(database, "guards", "watch", "-o", "json").out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"apiVersion\":\"nightshift.dev/v1\",\"kind\":\"GuardReadings\",")
                        .contains("\"guard\":\"prometheus\",\"subject\":\"p99\",\"verdict\":\"unknown\",\"value\":null")
                        .contains("\"slow\":{\"value\":2,\"comparison\":\">=\",\"lasting\":0}")
                        .doesNotContain("archive"));
        Thread.interrupted();
        database.looks = 0;
        database.mostLooks = 9;

        assertThat(Typed.in(database, "guards", "watch", "--once", "-o", "json").out())
                .contains("  \"kind\": \"GuardReadings\"");
    }

    @Test
    void a_plan_says_which_replicas_and_limits_count(@TempDir Path directory) throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nightshift: 1
                name: small
                database: {url: "postgresql://m@elsewhere/shop"}
                replicas: none
                backup: none
                guards: {prometheus: {url: "http://p:9090", query: up, hold: "< 1"}}
                steps: [{verify: {name: works, sql: SELECT true}}]
                """);

        assertThat(Typed.in(database, Map.of(), "guards", "watch", "--once", plan.toString())
                        .code())
                .isZero();
        Lookout.At watched = database.watched.orElseThrow();
        assertThat(watched.database().hosts().get(0)).hasToString("elsewhere:5432");
        assertThat(watched.replicas()).isEqualTo(DeclaredReplicas.NONE);
        assertThat(watched.guards()).isNotEqualTo(GuardSettings.DEFAULTS);
        assertThat(watched.guards().probes()).hasSize(1);
    }

    @Test
    void a_plan_that_cannot_be_read_and_no_database_are_mistakes(@TempDir Path directory) throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), "nightshift: 2\n");

        Typed typed = Typed.in(database, "guards", "watch", plan.toString());
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(typed.err()).contains("expected 1, the only format");
        assertThat(Typed.in(database, Map.of(), "guards", "watch").code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(database.looks).isZero();
    }

    @Test
    void a_database_that_cannot_be_reached_may_be_there_later() {
        database.unreachable = Optional.of(new Transient(
                new Explanation("nobody answers", "connecting", Explanation.NOTHING_CHANGED, "wait"), null));

        assertThat(Typed.in(database, "guards", "watch", "--once").code()).isEqualTo(ExitCode.TRANSIENT.code());
    }
}
