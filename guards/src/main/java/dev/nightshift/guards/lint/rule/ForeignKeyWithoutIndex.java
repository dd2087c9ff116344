package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** CON-FK-NO-INDEX: a foreign key without an index on the referencing columns. */
final class ForeignKeyWithoutIndex extends Rule {
    ForeignKeyWithoutIndex() {
        super(
                new RuleCard(
                        "CON-FK-NO-INDEX",
                        Severity.WARN,
                        "a foreign key without an index on the referencing columns",
                        "-",
                        "every DELETE, and every UPDATE of the key, of a parent row scans the whole child table",
                        "CREATE INDEX CONCURRENTLY on the referencing columns before the foreign key",
                        "ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES shop.b (id) NOT VALID",
                        "CREATE INDEX CONCURRENTLY a_b ON shop.a (b_id); ALTER TABLE shop.a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES shop.b (id) NOT VALID"));
    }

    private static final Set<String> FINDS_EQUALS = Set.of("", "btree", "hash", "gist", "spgist");

    @Override
    public Stream<Hit> check(Step step) {
        return ForeignKeys.of(step)
                .filter(key -> !isTemporary(step, key))
                .filter(key -> !indexedInDatabase(step, key) && !indexedInScript(step, key))
                .map(key -> hit("no index is known on " + key.table() + " (" + String.join(", ", key.columns())
                                + "), the referencing side of the foreign key")
                        .at(key.constraint().node())
                        .on(key.table()));
    }

    private static boolean isTemporary(Step step, ForeignKeys.Added key) {
        return step.tree().node("relation").text("relpersistence").equals("t")
                || key.table().schema().equals("pg_temp");
    }

    private static boolean indexedInDatabase(Step step, ForeignKeys.Added key) {
        return step.table(key.table()).stream()
                .flatMap(table -> table.indexes().stream())
                .anyMatch(index -> index.valid() && ForeignKeys.covers(index.columns(), key.columns()));
    }

    /** Before or after: what counts is that the script leaves an index behind. */
    private static boolean indexedInScript(Step step, ForeignKeys.Added key) {
        Stream<Step> here = step.timeline().on(key.table().name()).stream();
        return Stream.concat(step.everOn(key.table()), here)
                .filter(other -> other.targets().stream().anyMatch(target -> step.sameRelation(target, key.table())))
                .anyMatch(other -> makesIndex(other.tree(), key.columns()) && !isDropped(step, other.tree()));
    }

    private static boolean isDropped(Step step, Node index) {
        String name = index.text("idxname");
        return !name.isEmpty()
                && step.timeline().on(name).stream()
                        .anyMatch(other -> other.index() > step.index()
                                && other.undoes() == step.undoes()
                                && Drops.drops(other.tree(), "OBJECT_INDEX"));
    }

    /** No index of some rows, unless it only leaves out those that refer to nothing. */
    private static boolean coversAllRows(Node index, List<String> columns) {
        return Expressions.conjuncts(index.node("whereClause"))
                .allMatch(part -> Expressions.notNullColumn(part)
                        .filter(columns::contains)
                        .isPresent());
    }

    private static boolean makesIndex(Node tree, List<String> columns) {
        if (tree.is("IndexStmt")) {
            return FINDS_EQUALS.contains(tree.text("accessMethod"))
                    && coversAllRows(tree, columns)
                    && ForeignKeys.covers(ForeignKeys.indexColumns(tree), columns);
        }
        boolean byConstraint = tree.all("Constraint")
                .map(Constraint::new)
                .filter(constraint -> constraint.isUnique() || constraint.isPrimaryKey())
                .anyMatch(constraint -> ForeignKeys.covers(constraint.columns(), columns));
        return byConstraint
                || (columns.size() == 1
                        && tree.all("ColumnDef")
                                .map(Column::new)
                                .filter(column -> column.name().equals(columns.get(0)))
                                .flatMap(Column::constraints)
                                .anyMatch(constraint -> constraint.isUnique() || constraint.isPrimaryKey()));
    }
}
