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

    private Notices() {}

    public static List<RuleCard> all() {
        return List.of(UNPARSABLE, WAIVER, NEW_SYNTAX);
    }
}
