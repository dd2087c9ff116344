package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** Plans for tests, as text. */
final class Plans {

    static final Path DIRECTORY = Path.of("/plans");

    /** Every key that this version carries out. */
    static final String FULL = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "postgresql://migrator@primary.shop:5432/shop?sslmode=verify-full"}
            replicas: {required: [standby-a, standby-b], best-effort: [reports], delayed: {standby-dr: 1h}, logical: [cdc], ignore: [old]}
            window: {opens: "0 1 * * 1-5", lasts: 4h, zone: Europe/Paris, except: [2026-12-24, 2026-12-28..2027-01-03]}
            backup: {dump: {directory: /backups, jobs: 4, tables: [public.orders]}, verify: readable, maxAge: 24h}
            guards:
              replica-lag: {slow: 2s, hold: 5s, abort: 5m}
              replica-bytes: {slow: 64MiB, hold: 256MiB for 3s, abort: 4GiB}
              blocked-sessions: {hold: 1 for 2s, abort: 20 for 30s}
            steps:
              - schema: {name: expand, locations: [db/migration], target: "42", baseline: "41"}
              - backfill:
                  name: fill
                  table: public.orders
                  set: {total_cents: "(amount * 100)::bigint", "\\"Note\\"": "''"}
                  where: total_cents IS NULL
                  walk: key
                  batch: {rows: 2000, time: 400ms}
                  lanes: 1
                  stable-key: false
                  triggers: fire
                  keep-old: true
              - statement: {name: index, sql: "CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)"}
              - verify: {name: no-gaps, sql: "SELECT count(*) = 0 FROM public.orders WHERE total_cents IS NULL"}
              - hold: {name: before-contract, until: approved}
            waive: [{id: PF-LONG-XACT, reason: "nightly report, reads another schema", until: 2026-12-31}]
            abort:
              - statement: {name: drop-index, sql: "DROP INDEX CONCURRENTLY IF EXISTS public.orders_total_idx;"}
              - restore: {name: back, undoes: fill, batch: {rows: 1000}}
            """;

    /** The shortest plan there is. */
    static final String SMALL = """
            nightshift: 1
            name: small
            database: {url: "postgresql://m@localhost/shop"}
            backup: none
            steps:
              - verify: {name: works, sql: SELECT true}
            """;

    /** With questions of its own. */
    static final String PROBES = SMALL + """
            guards:
              custom-sql:
                - {name: outbox, sql: "SELECT count(*) FROM public.outbox -- all", timeout: 500ms, slow: 10000, hold: ">= 20000"}
                - {name: hits, sql: "SELECT 0.99", hold: "< 0.9 for 30s"}
              prometheus: {url: "http://prometheus:9090/", query: "job:latency:p99", hold: "> 0.5 for 1m"}
            """;

    /** Every recipe with every key of it. */
    static final String RECIPES = """
            nightshift: 1
            name: recipes
            database: {url: "postgresql://m@localhost/shop"}
            backup: none
            steps:
              - not-null: {name: total, table: public.orders, column: total_cents}
              - check: {name: amount-positive, table: public.orders, condition: amount > 0}
              - foreign-key:
                  name: line-order
                  table: public.order_lines
                  columns: [order_id]
                  references: public.orders
                  key: [id]
                  on-delete: restrict
                  on-update: no action
                  index: true
              - unique: {name: one-public-id, table: public.orders, columns: [public_id, customer_id]}
              - index:
                  name: by-status
                  table: public.orders
                  columns: [status, created_at DESC NULLS LAST, "(lower(note))"]
                  unique: false
                  using: btree
                  include: [currency]
                  where: status <> 'delivered'
              - bigint-key: {name: key, table: public.returns, column: id, batch: {rows: 1000, time: 100ms}}
            """;

    private Plans() {}

    static Plan accepted(String text) {
        PlanReading reading = PlanReader.read("plan.yaml", text, DIRECTORY);
        assertThat(reading).isInstanceOf(PlanReading.Accepted.class);
        return ((PlanReading.Accepted) reading).plan();
    }

    static List<String> problems(String text) {
        PlanReading reading = PlanReader.read("plan.yaml", text, DIRECTORY);
        assertThat(reading).isInstanceOf(PlanReading.Refused.class);
        return ((PlanReading.Refused) reading)
                .problems().stream().map(PlanProblem::toString).toList();
    }
}
