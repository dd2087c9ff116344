package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.stream.Stream;

/** ENUM-RENAME-VALUE: ALTER TYPE … RENAME VALUE. */
final class EnumRenameValue extends Rule {
    EnumRenameValue() {
        super(new RuleCard(
                "ENUM-RENAME-VALUE",
                Severity.ERROR,
                "ALTER TYPE … RENAME VALUE",
                "-",
                "clients that run still send and expect the old value",
                "add the new value, backfill, and stop using the old one",
                "ALTER TYPE shop.e RENAME VALUE 'a' TO 'b'",
                "ALTER TYPE shop.e ADD VALUE 'b' AFTER 'a'"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        Name type = Name.of(tree.list("typeName"));
        return step.is("AlterEnumStmt")
                        && tree.has("oldVal")
                        && step.created(Created.Kind.TYPE, type).isEmpty()
                ? Stream.of(hit("renaming '" + tree.text("oldVal") + "' breaks every client that knows it")
                        .on(type))
                : Stream.empty();
    }
}
