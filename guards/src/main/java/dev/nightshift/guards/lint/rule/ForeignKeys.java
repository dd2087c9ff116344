package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The foreign keys that a statement adds, by whatever syntax. */
final class ForeignKeys {
    /** A foreign key with its own side and the other. */
    record Added(Name table, List<String> columns, Constraint constraint) {
        Optional<Name> parent() {
            return constraint.parent();
        }
    }

    private ForeignKeys() {}

    static Stream<Added> of(Step step) {
        Node tree = step.tree();
        if (tree.is("CreateStmt")) {
            Name table = Name.of(tree.node("relation"));
            return tree.list("tableElts").stream()
                    .flatMap(element -> element.is("ColumnDef")
                            ? inline(table, new Column(element))
                            : beside(table, new Constraint(element)));
        }
        return step.alterTable().stream()
                .flatMap(alter -> alter.commands().stream().flatMap(command -> {
                    if (command.addsColumn()) {
                        return inline(alter.relation(), command.column());
                    }
                    return command.addsConstraint() ? beside(alter.relation(), command.constraint()) : Stream.empty();
                }));
    }

    private static Stream<Added> inline(Name table, Column column) {
        return column.constraints()
                .filter(Constraint::isForeignKey)
                .map(constraint -> new Added(table, List.of(column.name()), constraint));
    }

    private static Stream<Added> beside(Name table, Constraint constraint) {
        return constraint.isForeignKey()
                ? Stream.of(new Added(table, constraint.columns(), constraint))
                : Stream.empty();
    }

    /** The key columns of a CREATE INDEX; an expression stands as an empty string. */
    static List<String> indexColumns(Node index) {
        return index.list("indexParams").stream()
                .map(element -> element.text("name"))
                .toList();
    }

    /** Whether the first columns of an index are these, in any order. */
    static boolean covers(List<String> index, List<String> columns) {
        return index.size() >= columns.size()
                && Set.copyOf(index.subList(0, columns.size())).equals(Set.copyOf(columns));
    }
}
