package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** ENUM-ADD-VALUE: ALTER TYPE … ADD VALUE without a neighbour, or in a transaction with other statements. */
final class EnumAddValue extends Rule {
    EnumAddValue() {
        super(new RuleCard(
                "ENUM-ADD-VALUE",
                Severity.WARN,
                "ALTER TYPE … ADD VALUE without a neighbour, or in a transaction with other statements",
                "-",
                "a value is never taken back, its place is fixed for good, and it cannot be used before COMMIT",
                "BEFORE or AFTER a value, in a transaction of its own",
                "ALTER TYPE shop.e ADD VALUE 'x'",
                "ALTER TYPE shop.e ADD VALUE IF NOT EXISTS 'x' AFTER 'y'"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        Name type = Name.of(tree.list("typeName"));
        if (!step.is("AlterEnumStmt")
                || tree.has("oldVal")
                || step.created(Created.Kind.TYPE, type).isPresent()) {
            return Stream.empty();
        }
        if (!tree.has("newValNeighbor")) {
            return Stream.of(hit("the value goes to the end, wherever that is, and cannot be taken back or moved")
                    .on(type));
        }
        return sharesTransaction(step)
                ? Stream.of(
                        hit("the value cannot be used before the transaction it shares with other statements commits")
                                .on(type))
                : Stream.empty();
    }

    private static boolean sharesTransaction(Step step) {
        return step.transaction().isBlock()
                && step.transaction().steps().stream()
                        .anyMatch(other -> other != step
                                && !other.is("TransactionStmt")
                                && !other.is("VariableSetStmt")
                                && !other.is("AlterEnumStmt")
                                && step.outer().filter(other::equals).isEmpty());
    }
}
