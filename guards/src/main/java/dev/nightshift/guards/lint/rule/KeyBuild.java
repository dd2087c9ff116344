package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** CON-UNIQUE-PK-BUILD: ADD UNIQUE or PRIMARY KEY that builds its index. */
final class KeyBuild extends Rule {
    KeyBuild() {
        super(new RuleCard(
                "CON-UNIQUE-PK-BUILD",
                Severity.ERROR,
                "ADD UNIQUE or PRIMARY KEY that builds its index",
                "ACCESS EXCLUSIVE",
                "nobody can read the table until the index is built",
                "CREATE UNIQUE INDEX CONCURRENTLY; then ADD CONSTRAINT … USING INDEX",
                "ALTER TABLE shop.t ADD CONSTRAINT u UNIQUE (a)",
                "ALTER TABLE shop.t ADD CONSTRAINT u UNIQUE USING INDEX t_a"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.addingConstraints(step)
                .filter(change ->
                        change.constraint().isUnique() || change.constraint().isPrimaryKey())
                .filter(change -> !change.constraint().usesIndex())
                .map(change -> change.hit((change.constraint().isUnique() ? "ADD UNIQUE" : "ADD PRIMARY KEY")
                                + " builds its index while nobody can read the table")
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }
}
