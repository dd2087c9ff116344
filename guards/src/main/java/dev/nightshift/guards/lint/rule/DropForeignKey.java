package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** CON-DROP-FK-HIDDEN-LOCK: DROP CONSTRAINT of a foreign key, or DROP TABLE with one. */
final class DropForeignKey extends Rule {
    DropForeignKey() {
        super(new RuleCard(
                "CON-DROP-FK-HIDDEN-LOCK",
                Severity.WARN,
                "DROP CONSTRAINT of a foreign key, or DROP TABLE with one",
                "ACCESS EXCLUSIVE on both tables",
                "the referenced table is locked against readers as well, though the statement does not name it",
                "a lock_timeout with retries; lock the busier parent first",
                "ALTER TABLE shop.a DROP CONSTRAINT a_b_fk",
                "ALTER TABLE shop.a DROP CONSTRAINT a_amount_check"));
    }

    private static final Pattern OTHER_KINDS = Pattern.compile(
            "(?:.*_(?:pkey|key|check|excl|not_null|pk|uq|uk|uniq|unique|ck|chk|nn)[0-9]*"
                    + "|(?:pk|uq|uk|uniq|unique|ck|chk|check|excl|nn|not_null)_.*)",
            Pattern.CASE_INSENSITIVE);

    @Override
    public Stream<Hit> check(Step step) {
        return Stream.concat(constraints(step), tables(step));
    }

    private static Stream<Hit> constraints(Step step) {
        return Change.of(step, "DropConstraint")
                .filter(change -> mayBeForeignKey(step, change))
                .map(change -> hit("DROP CONSTRAINT " + change.name() + " locks " + parent(step, change) + " as well")
                        .on(change.table())
                        .locking(LockMode.ACCESS_EXCLUSIVE));
    }

    private static Optional<dev.nightshift.guards.lint.catalog.Constraint> known(Step step, Change change) {
        return step.table(change.table()).flatMap(table -> table.constraint(change.name()));
    }

    private static boolean mayBeForeignKey(Step step, Change change) {
        Optional<Boolean> byScript = ScriptConstraints.addedBefore(step, change.table())
                .filter(constraint -> constraint.name().equals(change.name()))
                .map(Constraint::isForeignKey)
                .findFirst();
        return byScript.or(() -> known(step, change)
                        .map(constraint ->
                                constraint.kind() == dev.nightshift.guards.lint.catalog.Constraint.Kind.FOREIGN_KEY))
                .orElse(step.table(change.table()).isEmpty()
                        && !OTHER_KINDS.matcher(change.name()).matches());
    }

    private static String parent(Step step, Change change) {
        return known(step, change)
                .flatMap(constraint -> constraint.parent())
                .map(Name::toString)
                .orElse("the referenced table, if it is a foreign key,");
    }

    private static Stream<Hit> tables(Step step) {
        if (!Drops.drops(step.tree(), "OBJECT_TABLE")) {
            return Stream.empty();
        }
        return step.strongLocks().stream()
                .filter(lock -> !lock.named())
                .map(lock -> hit("DROP TABLE locks " + lock.relation()
                                + " as well, to which a foreign key of it refers")
                        .on(lock.relation())
                        .locking(LockMode.ACCESS_EXCLUSIVE));
    }
}
