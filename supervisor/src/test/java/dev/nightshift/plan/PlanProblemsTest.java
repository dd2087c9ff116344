package dev.nightshift.plan;

import static dev.nightshift.plan.Plans.FULL;
import static dev.nightshift.plan.Plans.SMALL;
import static dev.nightshift.plan.Plans.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanProblemsTest {

    @Test
    void a_plan_with_ten_mistakes_lists_ten_each_with_its_place() {
        String plan = """
                nightshift: 1
                name: Orders Total
                database: {url: "postgresql://migrator:hunter2@primary.shop/shop"}
                replicas: {required: [standby-a], delayed: {standby-a: 1h}}
                window: {opens: "0 25 * * *", lasts: 4h, zone: Europe/Paris}
                backup: {dump: {directory: /backups, jobs: many}, maxAge: 24}
                guards:
                  replica-lagg: {hold: 5s}
                  replica-bytes: {hold: 256}
                steps:
                  - backfill:
                      name: fill
                      table: orders
                      set: {total_cents: amount * 100}
                      wher: total_cents IS NULL
                      stable-key: true
                """;

        assertThat(problems(plan))
                .containsExactly(
                        "plan.yaml:2:7: name: expected a name of a-z, 0-9 and '-', up to 60 characters, with '-' only"
                                + " inside, found 'Orders Total'",
                        "plan.yaml:3:17: database.url: expected a URL without a password, found one; put it into"
                                + " PGPASSWORD, a password file or ~/.pgpass",
                        "plan.yaml:4:56: replicas.delayed.standby-a: expected each name once, found 'standby-a' here"
                                + " and at replicas.required[0]",
                        "plan.yaml:5:17: window.opens: expected a cron line of five fields that comes true some day, such as \"0 1 * * 1-5\","
                                + " found '0 25 * * *'",
                        "plan.yaml:6:44: backup.dump.jobs: expected a whole number from 1 to 64, found 'many'",
                        "plan.yaml:6:59: backup.maxAge: expected a duration with its unit such as 500ms, 2s, 5m, 4h or"
                                + " 1d, found '24'",
                        "plan.yaml:8:3: guards.replica-lagg: expected one of replica-lag,"
                                + " replica-bytes, replica-missing, slots, blocked-sessions, sync-wait, sync-waiters,"
                                + " archive, logical-slots, connections, xid-age, checkpoints, temp-bytes,"
                                + " autovacuum, wraparound, xmin-horizon, standby-conflict, lock-wait, progress-stall, wal-rate,"
                                + " disk, custom-sql, prometheus, found"
                                + " 'replica-lagg'; did you mean 'replica-lag'?",
                        "plan.yaml:9:25: guards.replica-bytes.hold: expected a size with its unit such as 512kB, 256MB,"
                                + " 64MiB or 4GiB, found '256'",
                        "plan.yaml:13:14: steps[0].backfill.table: expected a table with its schema such as"
                                + " public.orders, found 'orders'",
                        "plan.yaml:15:7: steps[0].backfill.wher: expected one of name, table, set, where, walk, batch,"
                                + " stable-key, triggers, lanes, keep-old, found 'wher'; did you mean 'where'?");
    }

    /** Each row changes one thing of the full plan and expects one problem. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nightshift: 1 | nightshift: 2 | 1:13: nightshift: expected 1, the only format that this version reads, found '2'",
                "name: orders-total-cents | name: 2026 | 2:7: name: expected a name such as orders-total-cents, found '2026'; put it in quotes",
                "name: orders-total-cents | name: | 2:6: name: expected a name such as orders-total-cents, found nothing",
                "name: orders-total-cents | `` | 1:1: name: expected the key 'name', found none",
                "[standby-a, standby-b] | standby-a | 4:22: replicas.required: expected a list of names, found 'standby-a'",
                "[standby-a, standby-b] | [] | 4:22: replicas.required: expected a list of names, found an empty list",
                "[standby-a, standby-b] | [standby-a, 7] | 4:34: replicas.required[1]: expected the name of a standby or slot, found '7'; put it in quotes",
                "{standby-dr: 1h} | [standby-dr] | 4:79: replicas.delayed: expected names with their delays such as {standby-dr: 1h}, found a list",
                "Europe/Paris | Europe/Pariss | 5:49: window.zone: expected a zone such as Europe/Paris or UTC, found 'Europe/Pariss'; did you mean 'Europe/Paris'?",
                "2026-12-24 | 2026-02-30 | 5:72: window.except[0]: expected a date such as 2026-12-24, or two such as 2026-12-20..2027-01-03, found '2026-02-30'",
                "2026-12-24 | 2026-12-24..2026-12-20 | 5:72: window.except[0]: expected the earlier date first, found 2026-12-24..2026-12-20",
                "2026-12-24 | 2026-12-24..2028-12-20 | 5:72: window.except[0]: expected at most 366 days, found 2026-12-24..2028-12-20",
                "lasts: 4h | lasts: 9d | 5:39: window.lasts: expected a duration from 1m to 7d, found '9d'",
                "verify: readable | verify: restored | 6:81: backup.verify: expected readable or checksummed, found 'restored'",
                "{dump: { | {snapshot: x, dump: { | 6:9: backup: expected one way to take the backup, found dump and snapshot",
                "verify: readable | verify: attested | 6:81: backup.verify: expected readable or checksummed, found 'attested'",
                "hold: 5s | hold: 1s | 8:16: guards.replica-lag: expected slow <= hold, found slow 2 s and hold 1 s",
                "replica-lag: {slow: 2s, hold: 5s, abort: 5m} | replica-lag: {hold: 1s} | 8:16: guards.replica-lag: expected slow <= hold, found slow 2 s (the default) and hold 1 s",
                "{hold: 1 for 2s, | {hold: 1 for 2, | 10:28: guards.blocked-sessions.hold: expected a duration with its unit such as 500ms, 2s, 5m, 4h or 1d, found '2'",
                "{hold: 1 for 2s, | {slow: 1, | 10:28: guards.blocked-sessions.slow: expected only hold and abort for blocked-sessions, found a limit for slow",
                "blocked-sessions: | sensing: | 10:3: guards.sensing: expected a guard whose limits a plan may set, found 'sensing'; permits rest on it, so its limits are fixed",
                "[db/migration] | [classpath:db] | 12:40: steps[0].schema.locations[0]: expected a directory without a prefix, found 'classpath:db'",
                "target: \"42\" | target: latest | 12:63: steps[0].schema.target: expected a version such as \"42\" or \"2.1\", found 'latest'",
                "table: public.orders\\n | table: pg_catalog.pg_class\\n | 15:14: steps[1].backfill.table: expected a table of yours, found 'pg_catalog.pg_class'",
                "\"(amount * 100)::bigint\" | \"(amount * 100\" | 16:26: steps[1].backfill.set.total_cents: expected a whole SQL expression, found a '(' that is not closed",
                "\"(amount * 100)::bigint\" | \"1); DROP TABLE x; --\" | 16:26: steps[1].backfill.set.total_cents: expected a whole SQL expression, found a ')' without its '(' at character 2",
                "\"(amount * 100)::bigint\" | \"1; DROP TABLE x\" | 16:26: steps[1].backfill.set.total_cents: expected one SQL expression, found a ';'",
                "\"(amount * 100)::bigint\" | \"/* later */\" | 16:26: steps[1].backfill.set.total_cents: expected an SQL expression, found nothing",
                "\"(amount * 100)::bigint\" | null | 16:26: steps[1].backfill.set.total_cents: expected an SQL expression (\"NULL\" in quotes for none), found 'null'",
                "{total_cents: | {Total_Cents: 1, total_cents: | 16:29: steps[1].backfill.set.total_cents: expected each column once, found 'total_cents' again",
                "{total_cents: | {total cents: | 16:13: steps[1].backfill.set.total cents: expected one SQL name, found 'total cents'",
                "where: total_cents IS NULL | where: '' | 17:14: steps[1].backfill.where: expected an SQL condition, found nothing",
                "where: total_cents IS NULL\\n      walk | walk | 14:7: steps[1].backfill: expected a `where` that each updated row leaves, or `stable-key: true` if nobody changes the key meanwhile, found neither",
                "walk: key | walk: hip | 18:13: steps[1].backfill.walk: expected auto, key or heap, found 'hip'",
                "walk: key | walk: kay | 18:13: steps[1].backfill.walk: expected auto, key or heap, found 'kay'; did you mean 'key'?",
                "rows: 2000 | rows: ten | 19:21: steps[1].backfill.batch.rows: expected a whole number from 1 to 100000, found 'ten'",
                "rows: 2000 | rows: 100001 | 19:21: steps[1].backfill.batch.rows: expected a whole number from 1 to 100000, found '100001'",
                "time: 400ms | time: 1m | 19:33: steps[1].backfill.batch.time: expected a duration from 10ms to 5s, found '1m'",
                "lanes: 1 | lanes: 4 | 20:14: steps[1].backfill.lanes: expected 1, found 4; this version walks in one lane",
                "stable-key: false | stable-key: maybe | 21:19: steps[1].backfill.stable-key: expected true or false, found 'maybe'",
                "keep-old: true | keep-old: all | 23:17: steps[1].backfill.keep-old: expected true or false, found 'all'",
                "{total_cents: | {total_cents_new: 1, total_cents: | 14:7: steps[1].backfill: expected no column 'total_cents_new' in `set` beside `keep-old: true`, found it: what the step writes is kept under that name",
                "undoes: fill | undoes: index | 30:35: abort[1].restore.undoes: expected a backfill with `keep-old: true`, found statement step 'index'",
                "keep-old: true | keep-old: false | 30:35: abort[1].restore.undoes: expected a backfill with `keep-old: true`, found backfill step 'fill' without it",
                "undoes: fill | undoes: fil | 30:35: abort[1].restore.undoes: expected the name of one of the steps, found 'fil'; did you mean 'fill'?",
                "undoes: fill, | `` | 30:14: abort[1].restore.undoes: expected the key 'undoes', found none",
                "- hold: { | - restore: { | 26:14: steps[4].restore: expected `restore` in abort steps only, found it",
                "triggers: fire | triggers: ignore | 22:17: steps[1].backfill.triggers: expected fire, or no such key, found 'ignore'",
                "(total_cents)\"} | (total_cents); ANALYZE\"} | 24:35: steps[2].statement.sql: expected exactly one SQL statement, found 2; give each a step of its own",
                "\"CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)\" | BEGIN | 24:35: steps[2].statement.sql: expected a statement without transaction control, found 'BEGIN'; each step commits by itself",
                "\"CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total_cents)\" | '\\d' | 24:35: steps[2].statement.sql: expected SQL, found '\\d'",
                "\"SELECT count(*) = 0 FROM public.orders WHERE total_cents IS NULL\" | DELETE FROM public.orders | 25:34: steps[3].verify.sql: expected a query such as SELECT count(*) = 0 FROM …, found 'DELETE FROM public.orders'",
                "until: approved | until: monday | 26:42: steps[4].hold.until: expected approved, found 'monday'",
                "name: before-contract | name: fill | 26:18: steps[4].hold.name: expected each step name once, found 'fill' here and at steps[1].backfill.name",
                "name: drop-index | name: index | 29:23: abort[0].statement.name: expected each step name once, found 'index' here and at steps[2].statement.name",
                "- statement: {name: drop-index | - workloads: {name: drop-index | 29:16: abort[0].workloads: expected `workloads` in steps only, found it; an abort brings back what was stopped",
                "- hold: { | - hodl: { | 26:5: steps[4].hodl: expected one of schema, backfill, delete, copy, statement, verify, hold, restore, not-null, check, foreign-key, unique, index, bigint-key, external, workloads, found 'hodl'; did you mean 'hold'?",
                "- hold: {name: before-contract, until: approved} | - {hold: {name: x}, verify: {name: y, sql: SELECT true}} | 26:5: steps[4]: expected one kind of step, found hold and verify; begin each step with its own '-'",
                "- hold: {name: before-contract, until: approved} | - {} | 26:5: steps[4]: expected one kind of step, found none",
                "- hold: {name: before-contract, until: approved} | - hold | 26:5: steps[4]: expected a step such as {verify: {…}}, found 'hold'",
                "reason: \"nightly report, reads another schema\", | `` | 27:9: waive[0].reason: expected the key 'reason', found none",
                "waive: | journal: {url: x}\\nwaive: | 27:1: journal: expected no 'journal', found it; this version keeps its journal in the target database",
                "waive: | name: again\\nwaive: | 27:1: name: expected each key once, found 'name' again",
            })
    void says_what_was_expected_and_found(String from, String to, String problem) {
        String changed = FULL.replace(plain(from), plain(to));

        assertThat(changed).isNotEqualTo(FULL);
        assertThat(problems(changed)).containsExactly("plan.yaml:" + problem);
    }

    private static String plain(String text) {
        return text.replace("\\n", "\n");
    }

    @Test
    void an_abort_plan_never_waits_for_a_person() {
        assertThat(problems(SMALL + "abort: [{hold: {name: wait}}]\n"))
                .containsExactly("plan.yaml:7:16: abort[0].hold: expected abort steps that need nobody, found a hold");
    }

    @Test
    void an_abort_step_undoes_a_step_that_there_is() {
        String statement = "- statement: {name: undo, sql: DROP TABLE public.t, undoes: ";

        assertThat(problems(SMALL + "abort:\n  " + statement + "work}\n"))
                .containsExactly("plan.yaml:8:63: abort[0].statement.undoes: expected the name of one of the steps,"
                        + " found 'work'; did you mean 'works'?");
        assertThat(problems(SMALL + "  " + statement + "works}\n"))
                .containsExactly("plan.yaml:7:55: steps[1].statement.undoes: expected `undoes` in abort steps only,"
                        + " found it");
        assertThat(Plans.accepted(SMALL + "abort:\n  " + statement + "works}\n").abort())
                .containsExactly(new StatementStep("undo", "DROP TABLE public.t", Optional.of("works")));
    }

    @Test
    void a_backup_must_be_chosen() {
        assertThat(problems(SMALL.replace("backup: none\n", "")))
                .containsExactly("plan.yaml:1:1: backup: expected the key 'backup', found none");
        assertThat(problems(SMALL.replace("backup: none", "backup: {maxAge: 1h}")))
                .containsExactly(
                        "plan.yaml:4:9: backup: expected one of dump, snapshot, command, external, found a backup that does not"
                                + " say how it is made");
        assertThat(problems(SMALL.replace("backup: none", "backup: noen")))
                .containsExactly(
                        "plan.yaml:4:9: backup: expected none or a mapping with `dump`, or another way to take it, found 'noen'; did you"
                                + " mean 'none'?");
    }

    @Test
    void replicas_are_named_discovered_or_none() {
        assertThat(problems(SMALL + "replicas: {}\n"))
                .containsExactly("plan.yaml:7:11: replicas: expected at least one name, found none; write"
                        + " `replicas: none` if there is no standby");
        assertThat(problems(SMALL + "replicas: [standby-a]\n"))
                .containsExactly("plan.yaml:7:11: replicas: expected none, discover or a mapping with `required`, found"
                        + " a list");
    }

    @Test
    void a_comment_around_an_expression_is_cut_off_so_that_it_swallows_nothing() {
        String plan = SMALL.replace("  - verify: {name: works, sql: SELECT true}", """
                  - backfill:
                      name: fill
                      table: public.t
                      set: {n: 0, flag: true}
                      where: |
                        -- rows
                        n IS NULL -- not yet
                          AND true -- counted
                """);

        BackfillStep step = (BackfillStep) Plans.accepted(plan).steps().get(0);
        assertThat(step.where()).contains("n IS NULL -- not yet\n  AND true");
        assertThat(step.set()).containsEntry("n", "0").containsEntry("flag", "true");
    }
}
