package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.Set;
import java.util.stream.Stream;

/** REPL-DDL-ON-PUBLISHED: DDL on a published table; DROP PUBLICATION, SUBSCRIPTION or replication slot. */
final class PublishedDdl extends Rule {
    PublishedDdl() {
        super(new RuleCard(
                "REPL-DDL-ON-PUBLISHED",
                Severity.WARN,
                "DDL on a published table; DROP PUBLICATION, SUBSCRIPTION or replication slot",
                "-",
                "DDL is not replicated: apply stops at the first row that does not fit",
                "change the subscriber first to add, last to drop",
                "DROP PUBLICATION p",
                "ALTER TABLE shop.unpublished ADD COLUMN a int"));
    }

    private static final Set<String> HARMLESS = Set.of(
            "ValidateConstraint",
            "SetStatistics",
            "SetOptions",
            "ResetOptions",
            "SetRelOptions",
            "ResetRelOptions",
            "ClusterOn",
            "DropCluster",
            "ChangeOwner",
            "ColumnDefault",
            "SetStorage");

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        return switch (tree.kind()) {
            case "DropSubscriptionStmt" ->
                Stream.of(
                        hit("DROP SUBSCRIPTION " + tree.text("subname") + " ends the replication and drops its slot"));
            case "AlterSubscriptionStmt" ->
                tree.text("kind").equals("ALTER_SUBSCRIPTION_ENABLED") && stops(tree)
                        ? Stream.of(hit("the subscription stands still while its slot keeps the publisher's WAL"))
                        : Stream.empty();
            case "AlterPublicationStmt" ->
                tree.text("action").equals("AP_AddObjects") || !tree.has("pubobjects")
                        ? Stream.empty()
                        : Stream.of(hit("tables that leave the publication " + tree.text("pubname")
                                + " stop being replicated"));
            case "AlterTableStmt", "RenameStmt", "AlterObjectSchemaStmt" -> published(step);
            case "DropStmt" ->
                Drops.drops(tree, "OBJECT_PUBLICATION")
                        ? Drops.names(tree).stream()
                                .map(name -> hit("DROP PUBLICATION " + name + " ends the replication of its tables")
                                        .on(name))
                        : Drops.drops(tree, "OBJECT_TABLE") ? published(step) : Stream.empty();
            default -> slots(step);
        };
    }

    private static boolean stops(Node alter) {
        return alter.list("options").stream()
                .anyMatch(option -> option.text("defname").equals("enabled")
                        && !option.node("arg").flag("boolval"));
    }

    private static Stream<Hit> published(Step step) {
        boolean harmless = step.alterTable()
                .filter(alter -> !alter.isTable()
                        || alter.commands().stream().allMatch(command -> HARMLESS.contains(command.action())))
                .isPresent();
        return harmless
                ? Stream.empty()
                : step.targets().stream()
                        .filter(name ->
                                !name.name().isEmpty() && !step.isNew(name) && Publications.publishes(step, name))
                        .map(name -> hit(name + " is published, but DDL is not replicated: change the subscriber too")
                                .on(name));
    }

    private static Stream<Hit> slots(Step step) {
        return Dml.onlyDefines(step.tree())
                ? Stream.empty()
                : Expressions.calls(step.tree())
                        .filter(call -> Expressions.function(call).name().equals("pg_drop_replication_slot"))
                        .map(call ->
                                hit("whoever reads from the slot cannot go on").at(call));
    }
}
