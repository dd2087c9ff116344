package dev.nightshift.guards.lint;

import java.util.List;

/** The cards of the linter's own findings, beside the rules: about texts and waivers, not about what a statement does. */
public final class Notices {
    static final RuleCard UNPARSABLE = new RuleCard(
            "SQL-UNPARSABLE",
            Severity.ERROR,
            "a statement that PostgreSQL 18's own grammar refuses",
            "-",
            "it fails at run time, and no rule can judge it before",
            "mend the statement",
            "ALTER TABEL orders ADD note text",
            "ALTER TABLE shop.orders ADD note text");

    static final RuleCard WAIVER = new RuleCard(
            "WAIVER-INVALID",
            Severity.ERROR,
            "a waiver without a reason, or of a rule that does not exist",
            "-",
            "it waives nothing, though its author thinks it does",
            "-- nightshift:allow RULE-ID because …",
            "-- nightshift:allow TBL-DROP\nDROP TABLE old",
            "-- nightshift:allow TBL-DROP because nothing has read it since May\nDROP TABLE old");

    static final RuleCard NEW_SYNTAX = new RuleCard(
            "SYNTAX-TOO-NEW",
            Severity.ERROR,
            "syntax that the server that the script is meant for does not know yet",
            "-",
            "it fails at run time",
            "what the older server knows",
            "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE",
            "DELETE FROM shop.t USING shop.s WHERE t.id = s.id");

    /** About the expressions of a plan's backfill. */
    public static final RuleCard BACKFILL_VOLATILE = new RuleCard(
            "BACKFILL-VOLATILE",
            Severity.WARN,
            "a backfill whose `set` or `where` gives another answer each time: random(), now(), nextval(), unknown functions",
            "-",
            "a row that is done again gets another value, rows of one walk get different times, and a `where` that moves never ends",
            "values computed from the row's own columns, or one constant for the whole walk",
            "set: {token: gen_random_uuid()}",
            "set: {total_cents: (amount * 100)::bigint}");

    /** About the question of a plan's verify. */
    public static final RuleCard VERIFY_WRITES = new RuleCard(
            "VERIFY-WRITES",
            Severity.ERROR,
            "a verify that changes something: rows in WITH, SELECT INTO, FOR UPDATE, setval(), a volatile function",
            "ROW EXCLUSIVE or ROW SHARE",
            "a verify is repeated and cancelled at will, and no guard watches what it writes",
            "a query that only reads; what has to be written is a step of its own",
            "sql: WITH gone AS (DELETE FROM shop.t WHERE a IS NULL RETURNING 1) SELECT count(*) = 0 FROM gone",
            "sql: SELECT NOT EXISTS (SELECT FROM shop.t WHERE a IS NULL)");

    private Notices() {}

    /** Of what only plans have. */
    public static List<RuleCard> ofPlans() {
        return List.of(BACKFILL_VOLATILE, VERIFY_WRITES);
    }

    public static List<RuleCard> all() {
        return List.of(UNPARSABLE, WAIVER, NEW_SYNTAX);
    }
}
