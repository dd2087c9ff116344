package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Level;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

class PlanOutlineTest {

    @Test
    void says_loudly_that_there_is_no_backup_and_no_standby() {
        PlanOutline outline = PlanOutline.of(accepted(Plans.SMALL + "replicas: none\n"));

        assertThat(outline.facts())
                .contains(
                        new PlanFact("replicas", "none: no standby limits the pace", true),
                        new PlanFact("backup", "NONE: what this plan changes cannot be restored from here", true));
        assertThat(outline.abort()).isEmpty();
    }

    @Test
    void the_limits_are_the_plans_and_the_defaults_together() {
        List<GuardOutline> guards = PlanOutline.of(accepted(Plans.FULL)).guards();

        assertThat(guards)
                .contains(
                        new GuardOutline(
                                GuardKind.REPLICA_BYTES,
                                "",
                                "",
                                Map.of(Level.SLOW, "64 MiB", Level.HOLD, "256 MiB for 3 s", Level.ABORT, "4 GiB"),
                                false),
                        new GuardOutline(
                                GuardKind.REPLICA_MISSING,
                                "",
                                "",
                                Map.of(Level.HOLD, "at once", Level.ABORT, "10 min"),
                                true));
    }

    @Test
    void the_tree_holds_plain_values_that_any_json_library_can_write() {
        Map<String, Object> tree = PlanOutline.of(accepted(Plans.FULL)).tree();

        String json = new Dump(DumpSettings.builder().build()).dumpToString(tree);
        assertThat(json).doesNotContain("!!");
        assertThat(tree)
                .containsEntry("name", "orders-total-cents")
                .containsEntry("backupIsNone", false)
                .containsEntry("database", "postgresql://migrator@primary.shop:5432/shop?sslmode=verify-full");
        assertThat(tree.get("steps"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(5);
    }

    @Test
    void proposes_no_proof_where_the_plan_validates_a_constraint_afterwards() {
        String validate = "  - statement: {name: prove, sql: ALTER TABLE public.t VALIDATE CONSTRAINT c}\n";

        assertThat(advice(backfill("n IS NULL"))).singleElement().asString().startsWith("Nothing proves the end.");
        assertThat(advice(backfill("n IS NULL") + validate)).isEmpty();
    }

    @Test
    void remarks_a_where_that_a_row_may_never_leave() {
        String remark = "`where` names no column that is set; a row that stays in it stops the step.";

        assertThat(advice(backfill("id > 0 -- n"))).contains(remark);
        assertThat(advice(backfill("'n' = 'n'"))).contains(remark);
        assertThat(advice(backfill("t.N IS NULL"))).doesNotContain(remark);
        assertThat(advice(backfill("\\\"n\\\" IS NULL"))).doesNotContain(remark);
    }

    @Test
    void remarks_if_not_exists_on_an_index_build() {
        String step = "  - statement: {name: i, sql: CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON public.t (a)}\n";

        assertThat(advice(step))
                .containsExactly("IF NOT EXISTS accepts an invalid index that a failed build left behind.");
    }

    @Test
    void names_the_table_of_old_values_and_misses_the_step_that_puts_them_back() {
        String keeping = backfill("n IS NULL").replace("where:", "keep-old: true, where:");
        PlanOutline outline = PlanOutline.of(accepted(Plans.SMALL.replaceAll("  - verify.*\n", "") + keeping
                + "abort:\n  - restore: {name: back, undoes: fill}\n"));

        assertThat(outline.steps().get(0).does())
                .contains(
                        "Keeps key, old and new values of each row that it changes in public.t_fill_old, which it makes:"
                                + " that name must be free.");
        assertThat(outline.steps().get(0).advice()).noneMatch(advice -> advice.contains("restore"));
        assertThat(outline.abort().get(0).does())
                .startsWith(
                        "Puts n of public.t back as public.t_fill_old has them, where what step fill wrote still stands.")
                .endsWith("Passed over when step fill has made nothing.");
        assertThat(outline.abort().get(0).pausable()).isTrue();
        assertThat(advice(keeping))
                .contains(
                        "Keeps old values that no abort step puts back: add restore: {name: fill-back, undoes: fill} under"
                                + " `abort`.");
    }

    private static String backfill(String where) {
        return "  - backfill: {name: fill, table: public.t, set: {n: 1}, where: \"" + where + "\"}\n";
    }

    private static List<String> advice(String steps) {
        String plan = Plans.SMALL.replaceAll("  - verify.*\n", "") + steps;
        return PlanOutline.of(accepted(plan)).steps().get(0).advice();
    }
}
