package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Column;
import java.util.Optional;
import java.util.stream.Stream;

/** COL-ADD-VOLATILE-DEFAULT: ADD COLUMN with a volatile default, or one of unknown volatility. */
final class VolatileDefault extends Rule {
    VolatileDefault() {
        super(new RuleCard(
                "COL-ADD-VOLATILE-DEFAULT",
                Severity.ERROR,
                "ADD COLUMN with a volatile default, or one of unknown volatility",
                "ACCESS EXCLUSIVE",
                "the whole table and all its indexes are written anew while nobody can read it",
                "add the column without it, set the default in a second statement, backfill in batches",
                "ALTER TABLE shop.t ADD COLUMN k uuid DEFAULT gen_random_uuid()",
                "ALTER TABLE shop.t ADD COLUMN at timestamptz DEFAULT now()"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingColumns(step)
                .filter(change ->
                        !change.column().isIdentity() && !change.column().isGenerated())
                .flatMap(change -> why(step, change.column()).stream()
                        .map(why -> change.hit(why)
                                .locking(LockMode.ACCESS_EXCLUSIVE)
                                .weighedBySize()));
    }

    private static Optional<String> why(Step step, Column column) {
        Optional<String> volatileCall = column.defaultValue().flatMap(value -> Volatilities.worst(step, value));
        return volatileCall
                .map(call -> "the default of " + column.name() + " " + call + ": every row is rewritten")
                .or(() -> Domains.isConstrained(step, column.type())
                        ? Optional.of("the domain " + column.type().name() + " has constraints: every row is rewritten")
                        : Optional.empty());
    }
}
