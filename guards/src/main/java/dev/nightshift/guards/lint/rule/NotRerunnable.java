package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.AlterCommand;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** NOT-RERUNNABLE: a step outside BEGIN … COMMIT without IF [NOT] EXISTS. */
final class NotRerunnable extends Rule {
    NotRerunnable() {
        super(new RuleCard(
                "NOT-RERUNNABLE",
                Severity.WARN,
                "a step outside BEGIN … COMMIT without IF [NOT] EXISTS",
                "-",
                "after a failure half way the script cannot be run again",
                "IF NOT EXISTS, IF EXISTS or OR REPLACE; or one transaction",
                "CREATE TABLE shop.n (a int)",
                "CREATE TABLE IF NOT EXISTS shop.n (a int)"));
    }

    private static final Set<String> GUARDED_CREATES = Set.of(
            "CreateStmt",
            "CreateTableAsStmt",
            "IndexStmt",
            "CreateSeqStmt",
            "CreateSchemaStmt",
            "CreateExtensionStmt",
            "CreateForeignTableStmt");
    private static final Set<String> REPLACED_CREATES =
            Set.of("ViewStmt", "CreateFunctionStmt", "CreateTrigStmt", "RuleStmt");
    private static final Set<String> UNGUARDED_CREATES =
            Set.of("CreateEnumStmt", "CreateDomainStmt", "CompositeTypeStmt", "CreateRangeStmt", "CreatePolicyStmt");

    @Override
    public Stream<Hit> check(Step step) {
        boolean atomic = step.inExplicitBlock() || step.outer().isPresent();
        return atomic || !fails(step)
                ? Stream.empty()
                : Stream.of(
                        hit("run again after a failure it stops here, for it is done already or its object is gone"));
    }

    private static boolean fails(Step step) {
        Node tree = step.tree();
        String kind = tree.kind();
        if (GUARDED_CREATES.contains(kind)) {
            return !tree.flag("if_not_exists") && !isTemporary(tree) && !droppedBefore(step);
        }
        if (REPLACED_CREATES.contains(kind)) {
            return !tree.flag("replace") && !droppedBefore(step);
        }
        if (UNGUARDED_CREATES.contains(kind)) {
            return !droppedBefore(step);
        }
        if (step.is("DropStmt")) {
            return !tree.flag("missing_ok")
                    && Drops.names(tree).stream()
                            .noneMatch(name -> step.created(name).isPresent());
        }
        if (step.is("AlterEnumStmt")) {
            return !tree.has("oldVal") && !tree.flag("skipIfNewValExists");
        }
        return alterFails(step);
    }

    private static boolean alterFails(Step step) {
        return Change.of(step).anyMatch(change -> {
            AlterCommand command = change.command();
            boolean guardable = command.addsColumn() || command.is("DropColumn") || command.is("DropConstraint");
            return guardable && !command.ifExists();
        });
    }

    private static boolean isTemporary(Node tree) {
        Node relation = tree.has("into") ? tree.node("into").node("rel") : tree.node("relation");
        return relation.text("relpersistence").equals("t");
    }

    /** DROP … IF EXISTS of the same name makes room. */
    private static boolean droppedBefore(Step step) {
        String name = createdName(step.tree());
        Name table = Name.of(step.tree().node(step.is("CreatePolicyStmt") ? "table" : "relation"));
        return Stream.of(name, table.name())
                .distinct()
                .flatMap(target -> step.timeline().on(target).stream())
                .filter(other -> other.index() < step.index()
                        && other.is("DropStmt")
                        && other.tree().flag("missing_ok"))
                .flatMap(other -> other.tree().list("objects").stream())
                .anyMatch(object -> Drops.name(object).name().equals(name));
    }

    private static String createdName(Node tree) {
        for (String field : List.of("idxname", "trigname", "policy_name", "schemaname", "extname", "rulename")) {
            if (!tree.text(field).isEmpty()) {
                return tree.text(field);
            }
        }
        for (String field : List.of("relation", "view", "sequence", "typevar")) {
            if (tree.has(field)) {
                return tree.node(field).text("relname");
            }
        }
        for (String field : List.of("funcname", "typeName", "domainname")) {
            if (!tree.list(field).isEmpty()) {
                return Name.of(tree.list(field)).name();
            }
        }
        return tree.node("into").node("rel").text("relname");
    }
}
