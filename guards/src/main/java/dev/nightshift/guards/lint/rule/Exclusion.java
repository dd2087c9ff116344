package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** CON-EXCLUSION: ADD EXCLUDE on an existing table. */
final class Exclusion extends Rule {
    Exclusion() {
        super(new RuleCard(
                "CON-EXCLUSION",
                Severity.ERROR,
                "ADD EXCLUDE on an existing table",
                "ACCESS EXCLUSIVE",
                "nobody can read the table until its index is built, and there is no concurrent form",
                "a new table with the constraint, a copy and a swap",
                "ALTER TABLE shop.t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)",
                "CREATE TABLE shop.n (r tstzrange, EXCLUDE USING gist (r WITH &&))"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingConstraints(step)
                .filter(change -> change.constraint().isExclusion())
                .map(change -> change.hit("ADD EXCLUDE builds its index while nobody can read the table")
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }
}
