package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** COL-TYPE-CHANGE: ALTER COLUMN TYPE that rewrites the table or its indexes. */
final class TypeChange extends Rule {
    TypeChange() {
        super(new RuleCard(
                "COL-TYPE-CHANGE",
                Severity.ERROR,
                "ALTER COLUMN TYPE that rewrites the table or its indexes",
                "ACCESS EXCLUSIVE",
                "the whole table is written anew while nobody can read it",
                "a new column, a trigger that keeps both in step, a backfill and a swap",
                "ALTER TABLE shop.t ALTER COLUMN a TYPE bigint",
                "ALTER TABLE shop.t ALTER COLUMN a SET STATISTICS 500"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return Change.of(step, "AlterColumnType")
                .filter(change -> !provenSafe(step, change))
                .map(change -> change.hit(message(step, change))
                        .locking(LockMode.ACCESS_EXCLUSIVE)
                        .weighedBySize());
    }

    private static Optional<String> oldType(Step step, Change change) {
        return step.table(change.table())
                .flatMap(table -> table.column(change.name()))
                .map(dev.nightshift.guards.lint.catalog.Column::type);
    }

    private static boolean provenSafe(Step step, Change change) {
        Node using = change.column().node().node("raw_default");
        boolean plain = using.isNothing() || isOwnColumn(using, change.name());
        boolean collates = change.column().node().has("collClause");
        return plain
                && !collates
                && oldType(step, change)
                        .filter(old -> TypeWidening.isFree(old, change.column().type(), isUtc(step)))
                        .isPresent();
    }

    /** {@code USING a} or {@code USING a::type} say what happens anyway. */
    private static boolean isOwnColumn(Node using, String column) {
        return Expressions.column(using).filter(column::equals).isPresent();
    }

    private static boolean isUtc(Step step) {
        return step.settings()
                .get("timezone")
                .or(() -> step.catalog().setting("TimeZone"))
                .filter(zone -> Set.of("UTC", "ETC/UTC", "GMT", "0").contains(zone.toUpperCase(Locale.ROOT)))
                .isPresent();
    }

    private static String message(Step step, Change change) {
        String to = change.column().type().base();
        return oldType(step, change)
                .map(old -> "changing " + change.name() + " from " + old + " to " + to
                        + " rewrites the table or its indexes")
                .orElse("changing the type of " + change.name() + " to " + to
                        + " cannot be proven free of a rewrite without the database");
    }
}
