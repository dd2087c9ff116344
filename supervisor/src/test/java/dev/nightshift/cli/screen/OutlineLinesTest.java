package dev.nightshift.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.PlanOutline;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutlineLinesTest {

    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "postgresql://migrator@primary.shop:5432/shop"}
            replicas: {required: [standby-a], delayed: {standby-dr: 1h}}
            window: {opens: "0 1 * * 1-5", lasts: 4h, zone: Europe/Paris}
            backup: {dump: {directory: /backups, jobs: 4, tables: [public.orders]}, verify: readable}
            steps:
              - backfill: {name: fill, table: public.orders, set: {cents: "(amount * 100)::bigint"}, where: cents IS NULL}
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY orders_cents ON public.orders (cents)"}
              - hold: {name: before-contract, until: approved}
            waive: [{id: PF-LONG-XACT, reason: nightly report, until: 2026-12-31}]
            abort:
              - statement: {name: undo, sql: "ALTER TABLE public.orders DROP COLUMN cents"}
            """;

    @Test
    void a_plan_fits_a_narrow_terminal_with_limits_locks_and_advice() {
        assertThat(text(PLAN, 80))
                .startsWith("orders-total-cents · plan ")
                .contains("· shop at primary.shop:5432 as migrator\n")
                .endsWith("""
                        replicas  standby-a required · standby-dr delayed by 1 h
                        window    opens at cron '0 1 * * 1-5' for 4 h, Europe/Paris
                        backup    pg_dump of public.orders into /backups with 4 jobs, verified by
                                  reading it, a new one each run
                        waives    PF-LONG-XACT until 2026-12-31: nightly report
                        guards    replica-lag       slow 2 s     hold 5 s        abort 5 min
                                  replica-bytes     slow 64 MiB  hold 256 MiB    abort 4 GiB
                                  replica-missing                hold at once    abort 10 min
                                  slots             slow 50 %    hold 75 %       abort 100 % for 10 min
                                  blocked-sessions               hold 1 for 2 s  abort 20 for 30 s
                                  sync-wait                      hold 1 s
                                  sync-waiters      slow 2       hold 5          abort 20 for 30 s
                                  archive           slow 20      hold 42         abort 500
                                  logical-slots     slow 64 MiB  hold 256 MiB    abort 2 GiB
                                  connections       slow 20      hold 5
                                  xid-age           slow 1e9     hold 1.5e9      abort 1.8e9
                                  checkpoints       slow 2       hold 6
                                  temp-bytes        slow 10 GiB  hold 50 GiB
                                  autovacuum        slow 120 %
                                  wraparound                     hold 1 s
                                  xmin-horizon      slow 5 min
                                  standby-conflict               hold 5 s
                                  lock-wait         slow 1 s
                                  progress-stall                 hold 10 min
                                  wal-rate                       hold 256 MiB/s
                                  disk              slow 20 %    hold 10 %       abort 5 %
                                  besides, it always holds when no reading came for 5 s, when the
                                  database's clock jumps, and when another server answers

                        steps
                         1  fill  backfill, pausable
                            Sets cents of public.orders until no row is left where cents IS NULL.
                            Goes by the heap, or by key if the table asks for it, in batches of at most
                              50,000 rows and about 0.5 s.
                            Rows that change meanwhile are looked for again, up to three times.
                            control   can be paused: stops between two batches and goes on there
                            locks     ROW EXCLUSIVE on public.orders, and the rows of each batch
                            advice    Nothing proves the end. When every writer fills the column, add
                                      ALTER TABLE public.orders ADD CONSTRAINT fill_done CHECK ((cents
                                      IS NULL) IS NOT TRUE) NOT VALID, then VALIDATE CONSTRAINT.
                         2  index  statement, cancel-only
                            Runs: CREATE INDEX CONCURRENTLY orders_cents ON public.orders (cents)
                            Waits for older transactions as long as it takes; cancelled, what it built
                              so far is dropped.
                            Runs outside a transaction: what it did before a failure stays.
                            control   cannot be paused: goes on during a hold, an abort cancels it
                            locks     SHARE UPDATE EXCLUSIVE on public.orders
                            advice    Without `expected: TIME` it begins however little is left of the
                                      window, and the window's end cancels it.
                         3  before-contract  hold, pausable
                            Waits until a person approves; nothing is written meanwhile.
                            control   nothing runs while it waits

                        abort steps
                         1  undo  statement, atomic
                            Runs: ALTER TABLE public.orders DROP COLUMN cents
                            Gives up its wait for a lock after a moment and tries again, so that nobody
                              queues behind it.
                            control   cannot be paused: short, all or nothing
                            locks     ACCESS EXCLUSIVE on public.orders""");
        assertThat(text(PLAN, 80).lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void a_recipe_is_shown_with_every_step_that_it_stands_for() {
        String plan = """
                nightshift: 1
                name: small
                database: {url: "postgresql://m@localhost/shop"}
                backup: none
                steps:
                  - verify: {name: works, sql: SELECT true}
                  - check: {name: paid, table: public.orders, condition: amount > 0}
                """;

        assertThat(text(plan, 120)).endsWith("""
                 1  works  verify, cancel-only
                    Asks: SELECT true
                    Anything but one row with true fails it, and the run goes to its abort steps.
                    control   cannot be paused: goes on during a hold, an abort cancels it
                    locks     ACCESS SHARE on what it reads
                    check paid
                    Adds check orders_paid_check to public.orders and proves it beside readers and writers.
                 2  paid-ready  statement, cancel-only, of check paid
                    Gives up its wait for a lock after a moment and tries again, so that nobody queues behind it.
                      DO $nightshift$
                      DECLARE
                          obstacle text;
                      BEGIN
                          IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = '"public"."orders"'::pg_catalog.regclass AND
                              conname = 'orders_paid_check') THEN
                              RAISE EXCEPTION USING MESSAGE = 'constraint orders_paid_check of public.orders is there already';
                          END IF;
                      END
                      $nightshift$
                    control   cannot be paused: goes on during a hold, an abort cancels it
                 3  paid-add  statement, atomic, of check paid
                    Runs: ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_paid_check" CHECK (amount > 0) NOT VALID
                    Gives up its wait for a lock after a moment and tries again, so that nobody queues behind it.
                    control   cannot be paused: short, all or nothing
                    locks     ACCESS EXCLUSIVE on public.orders
                 4  paid-validate  statement, cancel-only, of check paid
                    Runs: ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_paid_check"
                    Waits for older transactions as long as it takes, beside readers and writers.
                    control   cannot be paused: goes on during a hold, an abort cancels it
                    locks     SHARE UPDATE EXCLUSIVE on public.orders

                abort steps
                 1  paid-undo-add  statement, atomic, of check paid
                    Runs: ALTER TABLE "public"."orders" DROP CONSTRAINT IF EXISTS "orders_paid_check"
                    Gives up its wait for a lock after a moment and tries again, so that nobody queues behind it.
                    Passed over when step paid-add has made nothing.
                    control   cannot be paused: short, all or nothing
                    locks     ACCESS EXCLUSIVE on public.orders""");
    }

    @Test
    void what_a_person_should_stop_at_stands_out() {
        PlanOutline outline = outline("""
                nightshift: 1
                name: small
                database: {url: "postgresql://m@localhost/shop"}
                replicas: none
                backup: none
                steps:
                  - verify: {name: works, sql: SELECT true}
                """);

        assertThat(OutlineLines.of(outline, 80))
                .flatExtracting(Line::spans)
                .contains(
                        new Line.Span(Style.CAREFUL, "none: no standby limits the pace"),
                        new Line.Span(Style.CAREFUL, "NONE: what this plan changes cannot be restored from here"),
                        new Line.Span(Style.CAREFUL, "no steps: an abort only stops the work"));
    }

    private static String text(String plan, int width) {
        return OutlineLines.of(outline(plan), width).stream().map(Line::plain).collect(Collectors.joining("\n"));
    }

    private static PlanOutline outline(String plan) {
        PlanReading reading = PlanReader.read("plan.yaml", plan, Path.of("/plans"));
        return PlanOutline.of(((PlanReading.Accepted) reading).plan());
    }
}
