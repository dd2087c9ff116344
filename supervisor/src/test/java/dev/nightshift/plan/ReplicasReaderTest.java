package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.ReplicaClass;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicasReaderTest {

    private static final String PLAN = """
            nightshift: 1
            name: orders
            database: {url: "postgresql://migrator@primary:5432/shop"}
            replicas: %s
            backup: none
            steps:
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY i ON public.orders (n)"}
            """;

    @Test
    void a_standby_behind_a_standby_names_the_one_in_front_which_has_a_url() {
        PlanReading.Accepted read =
                (PlanReading.Accepted) read("{required: [standby-a], cascaded: {standby-c: standby-a},"
                        + " urls: {standby-a: \"postgresql://migrator@standby-a:5432/shop\"}}");

        assertThat(read.plan().replicas())
                .isEqualTo(DeclaredReplicas.listed(List.of(
                        Declared.of("standby-a", ReplicaClass.REQUIRED), Declared.cascaded("standby-c", "standby-a"))));
        assertThat(read.plan().standbys())
                .containsOnlyKeys("standby-a")
                .containsValue(DatabaseUrl.parse("postgresql://migrator@standby-a:5432/shop"));
    }

    @Test
    void without_a_url_nobody_could_see_it() {
        assertThat(problems("{required: [standby-a], cascaded: {standby-c: standby-a}}"))
                .containsExactly(
                        "plan.yaml:4:57: replicas.cascaded.standby-c: expected a standby with a URL under `urls`,"
                                + " which is asked for standby-c, found 'standby-a'");
    }

    @Test
    void a_url_of_nobody_is_a_slip_of_the_pen() {
        assertThat(problems(
                        "{required: [standby-a], urls: {standby_a: \"postgresql://migrator@standby-a:5432/shop\"}}"))
                .containsExactly("plan.yaml:4:42: replicas.urls.standby_a: expected one of the replicas named here,"
                        + " found 'standby_a'; did you mean 'standby-a'?");
    }

    @Test
    void a_password_in_a_url_is_refused_and_not_shown() {
        assertThat(problems(
                        "{required: [standby-a], urls: {standby-a: \"postgresql://m:secret@standby-a:5432/shop\"}}"))
                .singleElement()
                .asString()
                .contains("password")
                .doesNotContain("secret");
    }

    @Test
    void what_is_no_mapping_is_said_with_an_example() {
        assertThat(problems("{required: [standby-a], cascaded: [standby-c], urls: here}"))
                .hasSize(2)
                .allMatch(problem -> problem.contains("such as {standby-"));
    }

    @Test
    void a_waiver_may_name_a_replica() {
        String text = PLAN.formatted("{required: [standby-a, standby-b]}")
                + "waive: [{id: standby-b, reason: \"it is being rebuilt\", until: 2026-12-31}]\n";
        Plan plan = ((PlanReading.Accepted) PlanReader.read("plan.yaml", text, Path.of("/tmp"))).plan();

        assertThat(plan.guards().waivedReplicas()).containsExactly(Map.entry("standby-b", LocalDate.of(2026, 12, 31)));
    }

    private static List<String> problems(String replicas) {
        return ((PlanReading.Refused) read(replicas))
                .problems().stream().map(PlanProblem::toString).toList();
    }

    private static PlanReading read(String replicas) {
        return PlanReader.read("plan.yaml", PLAN.formatted(replicas), Path.of("/tmp"));
    }
}
