package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** PLPGSQL-BODY: a DO block, or a routine that the script runs, whose body other rules flag. */
final class BodyFlagged extends Rule {
    BodyFlagged() {
        super(new RuleCard(
                "PLPGSQL-BODY",
                Severity.ERROR,
                "a DO block, or a routine that the script runs, whose body other rules flag",
                "as in the body",
                "it does the same from inside a body",
                "mend what is flagged inside",
                "DO $$ BEGIN UPDATE shop.t SET a = 1; END $$",
                "DO $$ BEGIN RAISE NOTICE 'DROP TABLE t'; END $$"));
    }

    /** The linter itself sums up what the other rules say of a body. */
    @Override
    public Stream<Hit> check(Step step) {
        return Stream.empty();
    }
}
