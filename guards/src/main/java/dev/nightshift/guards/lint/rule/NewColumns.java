package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.AlterTable;
import dev.nightshift.guards.lint.tree.Column;
import dev.nightshift.guards.lint.tree.Constraint;
import dev.nightshift.guards.lint.tree.Name;
import dev.nightshift.guards.lint.tree.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The columns that CREATE TABLE and ADD COLUMN make, of tables that stay. */
final class NewColumns {
    /** A column, with the table constraints beside it. */
    record Added(Name table, Column column, List<Constraint> tableConstraints, boolean isNumbered) {
        Added(Name table, Column column, List<Constraint> tableConstraints) {
            this(table, column, tableConstraints, column.isIdentity());
        }

        boolean inPrimaryKey() {
            return column.constraints().anyMatch(Constraint::isPrimaryKey)
                    || tableConstraints.stream()
                            .anyMatch(constraint -> constraint.isPrimaryKey()
                                    && constraint.columns().contains(column.name()));
        }

        /** The columns that it refers to as a foreign key of its own. */
        Stream<Reference> references() {
            Stream<Reference> inline = column.constraints()
                    .filter(Constraint::isForeignKey)
                    .flatMap(constraint -> reference(constraint, 0).stream());
            Stream<Reference> beside = tableConstraints.stream()
                    .filter(Constraint::isForeignKey)
                    .filter(constraint -> constraint.columns().contains(column.name()))
                    .flatMap(constraint ->
                            reference(constraint, constraint.columns().indexOf(column.name())).stream());
            return Stream.concat(inline, beside);
        }

        private static Optional<Reference> reference(Constraint constraint, int position) {
            List<String> columns = constraint.parentColumns();
            return constraint
                    .parent()
                    .map(parent -> new Reference(parent, position < columns.size() ? columns.get(position) : ""));
        }
    }

    /** A foreign key's target; the column is empty when the statement leaves it to the primary key. */
    record Reference(Name table, String column) {}

    private NewColumns() {}

    static Stream<Added> of(Step step) {
        Node tree = step.tree();
        if (tree.is("CreateStmt")) {
            return isTemporary(tree) ? Stream.empty() : ofTable(tree);
        }
        return step.alterTable().stream()
                .flatMap(alter -> alter.commands().stream()
                        .filter(AlterCommand::addsColumn)
                        .map(command -> new Added(alter.relation(), command.column(), constraints(alter))));
    }

    /** The columns of a table that the script has made, to which it gives a key only now, as pg_dump does. */
    static Stream<Added> completed(Step step) {
        return step.alterTable().stream()
                .flatMap(alter -> step.created(alter.relation()).map(Created::step).stream()
                        .filter(made -> made.is("CreateStmt"))
                        .flatMap(made -> ofTable(made.tree()))
                        .filter(made -> !made.inPrimaryKey()
                                && !made.isNumbered()
                                && !made.column().type().isShortSerial())
                        .map(made -> new Added(
                                alter.relation(), made.column(), constraints(alter), numbers(alter, made.column()))));
    }

    private static boolean numbers(AlterTable alter, Column column) {
        return alter.commands().stream()
                .anyMatch(command -> command.is("AddIdentity") && command.name().equals(column.name()));
    }

    private static List<Constraint> constraints(AlterTable alter) {
        return alter.commands().stream()
                .filter(AlterCommand::addsConstraint)
                .map(AlterCommand::constraint)
                .toList();
    }

    private static boolean isTemporary(Node create) {
        return create.node("relation").text("relpersistence").equals("t");
    }

    private static Stream<Added> ofTable(Node create) {
        List<Node> elements = create.list("tableElts");
        List<Constraint> constraints = elements.stream()
                .filter(element -> element.is("Constraint"))
                .map(Constraint::new)
                .toList();
        return elements.stream()
                .filter(element -> element.is("ColumnDef"))
                .map(element -> new Added(Name.of(create.node("relation")), new Column(element), constraints));
    }

    /** The internal name of a column's type, as the script or the database tells it. */
    static Optional<String> typeOf(Step step, Name table, String column) {
        Optional<String> inScript = step.created(table)
                .flatMap(created -> of(created.step())
                        .filter(added -> column.isEmpty()
                                ? added.inPrimaryKey()
                                : added.column().name().equals(column))
                        .map(added -> withoutSerial(added.column().type().base()))
                        .findFirst());
        return inScript.or(() -> step.table(table)
                .flatMap(known -> known.column(column))
                .map(known -> Types.internal(known.type().replaceAll("\\(.*\\)", ""))));
    }

    private static String withoutSerial(String type) {
        return switch (type) {
            case "bigserial", "serial8" -> "int8";
            case "serial", "serial4" -> "int4";
            case "smallserial", "serial2" -> "int2";
            default -> Types.internal(type);
        };
    }
}
