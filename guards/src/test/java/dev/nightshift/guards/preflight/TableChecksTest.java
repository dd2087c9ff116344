package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.preflight.StepSql.Effect;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is wrong with the tables that a plan touches. */
class TableChecksTest {

    private final Healthy pair = new Healthy();

    @Test
    void invalid_indexes_fail_unless_the_plan_builds_them() {
        pair.invalidIndexes = List.of("public.t_a_idx");
        pair.assertOnly("PF-INVALID-INDEX", Outcome.FAIL, "public.t_a_idx");
        pair.built = Set.of("public.t_a_idx");
        assertThat(pair.faults()).isEmpty();
        pair.beingBuilt = List.of("public.t_b_idx (CREATE INDEX CONCURRENTLY by session 7)");
        pair.assertOnly("PF-INVALID-INDEX", Outcome.FAIL, "by session 7) of public.t is being built");
    }

    @Test
    void constraints_without_proof_warn_and_fail_where_a_step_relies_on_proof() {
        pair.unvalidated = List.of("t_a_check");
        pair.assertOnly("PF-UNVALIDATED", Outcome.WARN, "t_a_check of public.t was never validated");
        pair.relies = true;
        pair.effects = EnumSet.of(Effect.REDEFINES);
        pair.assertOnly("PF-UNVALIDATED", Outcome.FAIL, "a step may rely on it");
        pair.proved = Set.of("t_a_check");
        assertThat(pair.faults()).isEmpty();
    }

    @Test
    void stale_statistics_triggers_default_partitions_and_publications_are_told() {
        pair.changed = 300_000;
        pair.assertOnly("PF-TABLE-SIZE", Outcome.WARN, "300,000 rows changed");
        pair.changed = 0;
        pair.triggers = List.of("touch");
        pair.assertOnly("PF-TRIGGERS", Outcome.WARN, "may fire touch");
        pair.triggers = List.of();
        pair.eventTriggers = List.of("audit");
        assertThat(pair.faults()).isEmpty();
        pair.effects = EnumSet.of(Effect.REDEFINES);
        pair.assertOnly("PF-TRIGGERS", Outcome.WARN, "event triggers audit");
        pair.eventTriggers = List.of();
        pair.defaultPartitions = List.of("public.t_rest");
        pair.assertOnly("PF-PARENTS", Outcome.WARN, "public.t_rest");
        pair.defaultPartitions = List.of();
        pair.publications = List.of("cdc");
        pair.assertOnly("PF-SUBSCRIPTIONS", Outcome.WARN, "published by cdc");
    }

    @Test
    void inbound_keys_are_only_shown() {
        pair.inboundKeys = List.of("lines_order_fkey of public.lines");
        assertThat(Preflight.judge(pair.situation(), Map.of()).results())
                .filteredOn(result -> result.check() == PreflightCheck.INBOUND_FK)
                .singleElement()
                .satisfies(result -> assertThat(result.seen()).contains("lines_order_fkey of public.lines"));
        assertThat(pair.faults()).isEmpty();
    }

    @Test
    void whole_old_rows_cost_a_backfill_of_a_published_table() {
        pair.publications = List.of("cdc");
        pair.wholeOldRows = true;
        assertThat(pair.faults()).isEmpty();
        pair.backfilled = Set.of("public.t");
        pair.assertOnly("PF-SUBSCRIPTIONS", Outcome.WARN, "carries the whole old row to cdc (REPLICA IDENTITY FULL)");
    }

    @Test
    void policies_that_apply_are_told_where_no_backfill_is_refused_for_them() {
        pair.rowSecurity = true;
        pair.assertOnly("PF-RLS", Outcome.WARN, "will fail for role migrator on public.t");
        pair.backfilled = Set.of("public.t");
        assertThat(pair.faults()).isEmpty();
    }

    @Test
    void sql_that_cannot_be_told_before_it_runs_is_said() {
        pair.opaque = List.of("V7__x.sql: EXECUTE of a text that is put together");
        pair.assertOnly("PF-TOUCHED", Outcome.WARN, "step sql may touch tables that no check looks at: V7__x.sql");
    }

    @Test
    void a_rewrite_and_an_index_are_forecast_by_sizes() {
        pair.forecasts = List.of();
        pair.effects = EnumSet.of(Effect.REWRITES, Effect.BUILDS_INDEX);
        assertThat(forecasts()).singleElement().satisfies(forecast -> {
            assertThat(forecast.basis()).isEqualTo(WalForecast.Basis.REWRITE);
            assertThat(forecast.growthBytes()).isEqualTo(500.0 * Healthy.MIB);
        });
        pair.effects = EnumSet.of(Effect.BUILDS_INDEX);
        assertThat(forecasts())
                .singleElement()
                .satisfies(forecast -> assertThat(forecast.growthBytes()).isEqualTo(20.0 * Healthy.MIB));
        pair.effects = EnumSet.of(Effect.REDEFINES);
        assertThat(forecasts()).isEmpty();
    }

    private List<WalForecast> forecasts() {
        return Preflight.judge(pair.situation(), Map.of()).forecasts();
    }
}
