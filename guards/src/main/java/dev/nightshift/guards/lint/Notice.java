package dev.nightshift.guards.lint;

/** Findings of the linter itself, beside the rules: about texts and waivers, not about what a statement does. */
public enum Notice {
    UNPARSABLE(new RuleCard(
            "SQL-UNPARSABLE",
            Severity.ERROR,
            "a statement that PostgreSQL 18's own grammar refuses",
            "-",
            "it fails at run time, and no rule can judge it before",
            "mend the statement",
            "ALTER TABEL orders ADD note text",
            "ALTER TABLE shop.orders ADD note text")),
    WAIVER(new RuleCard(
            "WAIVER-INVALID",
            Severity.ERROR,
            "a waiver without a reason, or of a rule that does not exist",
            "-",
            "it waives nothing, though its author thinks it does",
            "-- nightshift:allow RULE-ID because …",
            "-- nightshift:allow TBL-DROP\nDROP TABLE old",
            "-- nightshift:allow TBL-DROP because nothing has read it since May\nDROP TABLE old"));

    private final RuleCard card;

    Notice(RuleCard card) {
        this.card = card;
    }

    public RuleCard card() {
        return card;
    }
}
