package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

class PlanOutlineTest {

    @Test
    void says_what_a_full_plan_will_do() {
        Plan plan = accepted(Plans.FULL);

        assertThat(String.join("\n", PlanOutline.of(plan).text()) + "\n").isEqualTo("""
                        orders-total-cents · plan %s · shop at primary.shop:5432 as migrator
                          replicas  standby-a required · standby-b required · reports best-effort · standby-dr delayed by 1 h · cdc logical · old ignore
                          window    opens 0 1 * * 1-5 for 4 h, Europe/Paris, not on 2026-12-24
                          backup    pg_dump of public.orders into /backups with 4 jobs, verified by reading it, or a verified one younger than 24 h
                          guard     sensing           slow 3 s                hold 5 s
                                    clock                                     hold 5 s
                                    server                                    hold 1
                                    replica-lag       slow 2 s                hold 5 s                abort 5 min
                                    replica-bytes     slow 64 MiB             hold 256 MiB for 3 s    abort 4 GiB
                                    replica-missing                           hold at once            abort 10 min
                                    slots             slow 50 %%               hold 75 %%               abort 100 %% for 10 min
                                    blocked-sessions                          hold 1 for 2 s          abort 20 for 30 s
                                    sync-wait                                 hold 1 s
                          waives    PF-LONG-XACT until 2026-12-31: nightly report, reads another schema
                        steps
                          1  expand  (schema, cancel-only)
                               Applies the migrations of /plans/db/migration up to version 42 with Flyway.
                               What each takes and how long is for its file to say; between two of them the run can stop.
                               control  cannot be paused, only cancelled, and then starts over
                          2  fill  (backfill, pausable)
                               Sets total_cents, "Note" of public.orders until no row is left where total_cents IS NULL.
                               Goes by key in batches of at most 2,000 rows and about 0.4 s.
                               Rows that change meanwhile are looked for again, up to three times.
                               User triggers on UPDATE fire for each row.
                               control  can be paused: stops between two batches and goes on there
                               locks    ROW EXCLUSIVE on public.orders, and the rows of each batch
                               note     Nothing proves the end. When every writer fills the column, add ALTER TABLE public.orders ADD CONSTRAINT fill_done CHECK ((total_cents IS NULL) IS NOT TRUE) NOT VALID, then VALIDATE CONSTRAINT.
                          3  index  (statement, cancel-only)
                               Runs: CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)
                               Waits for older transactions as long as it takes; cancelled, what it built so far is dropped.
                               Runs outside a transaction: what it did before a failure stays.
                               control  cannot be paused, only cancelled, and then starts over
                               locks    SHARE UPDATE EXCLUSIVE on public.orders
                          4  no-gaps  (verify, cancel-only)
                               Asks: SELECT count(*) = 0 FROM public.orders WHERE total_cents IS NULL
                               Anything but one row with true fails it, and the run goes to its abort steps.
                               control  cannot be paused, only cancelled, and then starts over
                               locks    ACCESS SHARE on what it reads
                          5  before-contract  (hold, pausable)
                               Waits until a person approves; nothing is written meanwhile.
                               control  nothing runs while it waits
                        abort
                          1  drop-index  (statement, cancel-only)
                               Runs: DROP INDEX CONCURRENTLY IF EXISTS public.orders_total_idx
                               Waits for older transactions as long as it takes, beside readers and writers.
                               Runs outside a transaction: what it did before a failure stays.
                               control  cannot be paused, only cancelled, and then starts over
                               locks    SHARE UPDATE EXCLUSIVE on the index's table
                        """.formatted(plan.hash()));
    }

    @Test
    void says_loudly_that_there_is_no_backup_no_standby_and_no_abort_plan() {
        PlanOutline outline = PlanOutline.of(accepted(Plans.SMALL + "replicas: none\n"));

        assertThat(outline.facts())
                .contains(
                        new PlanFact("replicas", "none: no standby limits the pace", true),
                        new PlanFact("backup", "NONE: what this plan changes cannot be restored from here", true));
        assertThat(outline.text()).endsWith("abort", "  no steps: an abort only stops the work");
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

    private static String backfill(String where) {
        return "  - backfill: {name: fill, table: public.t, set: {n: 1}, where: \"" + where + "\"}\n";
    }

    private static List<String> advice(String steps) {
        String plan = Plans.SMALL.replaceAll("  - verify.*\n", "") + steps;
        return PlanOutline.of(accepted(plan)).steps().get(0).advice();
    }
}
