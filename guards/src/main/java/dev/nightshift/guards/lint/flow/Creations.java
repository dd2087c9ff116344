package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.flow.Created.Kind;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notes what statements create, rename and drop. */
final class Creations {
    private static final Map<String, Kind> DROPPED = Map.of(
            "OBJECT_TABLE", Kind.RELATION,
            "OBJECT_FOREIGN_TABLE", Kind.RELATION,
            "OBJECT_VIEW", Kind.RELATION,
            "OBJECT_MATVIEW", Kind.RELATION,
            "OBJECT_SEQUENCE", Kind.RELATION,
            "OBJECT_INDEX", Kind.INDEX,
            "OBJECT_TYPE", Kind.TYPE,
            "OBJECT_DOMAIN", Kind.TYPE,
            "OBJECT_SCHEMA", Kind.SCHEMA,
            "OBJECT_FUNCTION", Kind.ROUTINE);
    private static final Set<String> RELATIONS =
            Set.of("OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE", "OBJECT_SEQUENCE");

    private final Objects objects;

    Creations(Objects objects) {
        this.objects = objects;
    }

    void note(Step step) {
        Node tree = step.tree();
        switch (tree.kind()) {
            case "CreateStmt", "CreateSeqStmt" ->
                relation(step, tree.has("sequence") ? tree.node("sequence") : tree.node("relation"));
            case "CreateForeignTableStmt" -> relation(step, tree.node("base").node("relation"));
            case "CreateTableAsStmt" -> relation(step, tree.node("into").node("rel"));
            case "SelectStmt" -> tree.maybe("intoClause").ifPresent(into -> relation(step, into.node("rel")));
            case "ViewStmt" -> relation(step, tree.node("view"));
            case "IndexStmt" -> index(step);
            case "CreateEnumStmt", "CreateRangeStmt" -> add(step, Kind.TYPE, Name.of(tree.list("typeName")));
            case "CreateDomainStmt" -> add(step, Kind.TYPE, Name.of(tree.list("domainname")));
            case "CompositeTypeStmt" -> add(step, Kind.TYPE, Name.of(tree.node("typevar")));
            case "CreateSchemaStmt" -> schema(step);
            case "CreateFunctionStmt" -> add(step, Kind.ROUTINE, Name.of(tree.list("funcname")));
            case "DropStmt" -> drop(step);
            case "RenameStmt" -> rename(step);
            case "AlterObjectSchemaStmt" -> moveToSchema(step);
            default -> {}
        }
    }

    private void relation(Step step, Node rangeVar) {
        Name name = Name.of(rangeVar);
        boolean temporary =
                rangeVar.text("relpersistence").equals("t") || name.schema().equals("pg_temp");
        Name resolved = temporary ? name : step.resolved(name);
        objects.create(
                new Created(Kind.RELATION, resolved, certain(step.tree()), temporary, resolved, step), step.index());
    }

    private static boolean certain(Node tree) {
        return !tree.flag("if_not_exists") && !tree.flag("replace");
    }

    private void index(Step step) {
        Name table = Name.of(step.tree().node("relation"));
        String name = step.tree().text("idxname");
        if (!name.isEmpty()) {
            Name index = step.resolved(table).isQualified()
                    ? new Name(step.resolved(table).schema(), name)
                    : table;
            objects.create(new Created(Kind.INDEX, index, certain(step.tree()), false, table, step), step.index());
        }
    }

    private void add(Step step, Kind kind, Name name) {
        Name resolved = step.resolved(name);
        objects.create(new Created(kind, resolved, certain(step.tree()), false, resolved, step), step.index());
    }

    private void schema(Step step) {
        Name schema = Name.unqualified(step.tree().text("schemaname"));
        objects.create(new Created(Kind.SCHEMA, schema, certain(step.tree()), false, schema, step), step.index());
        for (Node element : step.tree().list("schemaElts")) {
            if (element.is("CreateStmt")) {
                Name table = Name.of(element.node("relation")).in(schema.name());
                objects.create(new Created(Kind.RELATION, table, true, false, table, step), step.index());
            }
        }
    }

    private void drop(Step step) {
        Optional.ofNullable(DROPPED.get(step.tree().text("removeType")))
                .ifPresent(kind -> Drops.names(step.tree())
                        .forEach(name -> objects.drop(kind, name, step.settings(), step.index())));
    }

    private void rename(Step step) {
        Node tree = step.tree();
        String type = tree.text("renameType");
        if (RELATIONS.contains(type)) {
            Name newName = Name.unqualified(tree.text("newname"));
            objects.rename(Kind.RELATION, Name.of(tree.node("relation")), newName, step.settings(), step.index());
        }
    }

    private void moveToSchema(Step step) {
        Name name = Name.of(step.tree().node("relation"));
        if (!name.name().isEmpty()) {
            objects.rename(Kind.RELATION, name, name.in(step.tree().text("newschema")), step.settings(), step.index());
        }
    }
}
