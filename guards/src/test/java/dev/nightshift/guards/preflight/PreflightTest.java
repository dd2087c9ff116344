package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.Situation.StepProblem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each fault makes its own check answer, and no other. */
class PreflightTest {

    private final Healthy pair = new Healthy();

    @Test
    void a_healthy_pair_passes_every_check() {
        PreflightReport report = Preflight.judge(pair.situation(), Map.of());

        assertThat(report.results()).allMatch(result -> result.outcome() == Outcome.PASS);
        assertThat(report.results()).extracting(CheckResult::check).containsExactly(PreflightCheck.values());
        assertThat(report.refused()).isFalse();
        assertThat(report.remarks()).extracting(CheckResult::check).containsExactly(PreflightCheck.DRIFT);
    }

    @Test
    void ids_are_unique_and_what_is_wrong_always_has_a_remedy() {
        assertThat(List.of(PreflightCheck.values()))
                .extracting(PreflightCheck::id)
                .doesNotHaveDuplicates();
        pair.seesAll = false;
        pair.standbys = Fact.unknown("hidden", "see PF-ROLE");
        pair.transactions = Fact.unknown("hidden", "see PF-ROLE");
        assertThat(Preflight.judge(pair.situation(), Map.of()).results())
                .filteredOn(result -> result.outcome() != Outcome.PASS)
                .hasSizeGreaterThan(4)
                .allMatch(result -> !result.remedy().isEmpty());
    }

    @Test
    void what_is_not_known_stops_a_run_unless_the_plan_waives_it() {
        pair.standbys = Fact.unknown("replicas are hidden", "see PF-ROLE");
        assertThat(Preflight.judge(pair.situation(), Map.of()).stopping())
                .extracting(result -> result.check().id(), CheckResult::outcome)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("PF-STANDBY-PRESENT", Outcome.UNKNOWN),
                        org.assertj.core.api.Assertions.tuple("PF-LAG-BYTES", Outcome.UNKNOWN),
                        org.assertj.core.api.Assertions.tuple("PF-LAG-TIME", Outcome.UNKNOWN),
                        org.assertj.core.api.Assertions.tuple("PF-DELAYED-STANDBY", Outcome.UNKNOWN));

        PreflightReport waived = Preflight.judge(
                pair.situation(),
                Map.of(
                        "PF-STANDBY-PRESENT",
                        "why",
                        "PF-LAG-BYTES",
                        "why",
                        "PF-LAG-TIME",
                        "why",
                        "PF-DELAYED-STANDBY",
                        "why"));
        assertThat(waived.refused()).isFalse();
        assertThat(waived.remarks())
                .filteredOn(result -> result.check() != PreflightCheck.DRIFT)
                .hasSize(4)
                .allMatch(result -> result.waived().isPresent());
    }

    @Test
    void what_cannot_work_at_all_cannot_be_waived() {
        pair.problems = List.of(new StepProblem("there is no table public.t", "check the name"));
        assertThat(Preflight.judge(pair.situation(), Map.of("PF-STEP", "I know"))
                        .refused())
                .isTrue();
        pair.assertOnly("PF-STEP", Outcome.FAIL, "no table public.t");
    }

    @Test
    void a_pooler_fails_its_check_and_nothing_else_is_believed() {
        PreflightReport report = Preflight.behindPooler("answers come from another backend");
        assertThat(report.refused()).isTrue();
        assertThat(report.results())
                .singleElement()
                .satisfies(result -> assertThat(result.check().id()).isEqualTo("PF-PGBOUNCER"));
    }
}
