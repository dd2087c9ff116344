package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Table;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Set;
import java.util.stream.Stream;

/** TBL-RENAME: RENAME of a table, view or schema, and SET SCHEMA. */
final class RenameTable extends Rule {
    RenameTable() {
        super(new RuleCard(
                "TBL-RENAME",
                Severity.ERROR,
                "RENAME of a table, view or schema, and SET SCHEMA",
                "ACCESS EXCLUSIVE",
                "clients that run still use the old name",
                "a view with the old name in the same transaction",
                "ALTER TABLE shop.a RENAME TO b",
                "ALTER INDEX shop.a RENAME TO b"));
    }

    private static final Set<String> RELATIONS =
            Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE", "OBJECT_SEQUENCE");

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        if (step.is("RenameStmt")) {
            return renames(step, tree);
        }
        boolean moves = step.is("AlterObjectSchemaStmt") && RELATIONS.contains(tree.text("objectType"));
        return moves ? hits(step, "SET SCHEMA " + tree.text("newschema")) : Stream.empty();
    }

    private static Stream<Hit> renames(Step step, Node tree) {
        String type = tree.text("renameType");
        if (type.equals("OBJECT_SCHEMA")) {
            boolean own = step.created(Created.Kind.SCHEMA, Name.unqualified(tree.text("subname")))
                    .isPresent();
            return own
                    ? Stream.empty()
                    : Stream.of(hit("renaming schema " + tree.text("subname") + " breaks every client that names it"));
        }
        return RELATIONS.contains(type) ? hits(step, "renaming it to " + tree.text("newname")) : Stream.empty();
    }

    private static Stream<Hit> hits(Step step, String how) {
        Name table = Name.of(step.tree().node("relation"));
        boolean index = step.table(table)
                        .filter(known -> known.kind() == Table.Kind.INDEX)
                        .isPresent()
                || step.created(Created.Kind.INDEX, table).isPresent();
        return step.isNew(table) || index || keepsOldName(step, table)
                ? Stream.empty()
                : Stream.of(hit(how + " breaks every client that uses " + table)
                        .on(table)
                        .locking(LockMode.ACCESS_EXCLUSIVE));
    }

    /** A view, or another table, takes the old name before anyone can look. */
    private static boolean keepsOldName(Step step, Name old) {
        return step.transaction().isBlock()
                && step.transaction().steps().stream()
                        .filter(other -> other.index() > step.index())
                        .anyMatch(other -> takesName(other, step, old));
    }

    private static boolean takesName(Step other, Step step, Name old) {
        if (other.is("ViewStmt")) {
            return step.sameRelation(Name.of(other.tree().node("view")), old);
        }
        boolean renames =
                other.is("RenameStmt") && RELATIONS.contains(other.tree().text("renameType"));
        return renames && other.tree().text("newname").equals(old.name());
    }
}
