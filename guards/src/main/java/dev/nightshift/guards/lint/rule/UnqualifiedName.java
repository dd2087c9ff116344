package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** NAME-UNQUALIFIED: a table without its schema while search_path is not fixed. */
final class UnqualifiedName extends Rule {
    UnqualifiedName() {
        super(new RuleCard(
                "NAME-UNQUALIFIED",
                Severity.INFO,
                "a table without its schema while search_path is not fixed",
                "-",
                "which table it is depends on who runs it",
                "name the schema, or SET search_path in the script",
                "ALTER TABLE orders ADD a int",
                "ALTER TABLE shop.orders ADD a int"));
    }

    private static final Set<String> RELATIONS = Set.of(
            "OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX", "OBJECT_SEQUENCE", "OBJECT_FOREIGN_TABLE");

    @Override
    public Stream<Hit> check(Step step) {
        if (step.settings().get("search_path").filter(path -> !path.isEmpty()).isPresent() || fixesPath(step)) {
            return Stream.empty();
        }
        Set<String> ctes = Dml.cteNames(step.tree());
        Optional<Node> relation = step.tree()
                .all("RangeVar")
                .filter(node -> !node.has("schemaname")
                        && !node.text("relname").isEmpty()
                        && !ctes.contains(node.text("relname")))
                .filter(node -> !isTemporary(step, node) && !Catalogs.isSystem(Name.of(node)))
                .findFirst();
        Stream<Hit> used =
                relation.stream().map(node -> unqualified(Name.of(node)).at(node));
        return Stream.concat(used, dropped(step)).limit(1);
    }

    /** A routine that fixes its own search_path. */
    private static boolean fixesPath(Step step) {
        Step source = step.outer().orElse(step);
        return source.tree().list("options").stream()
                .anyMatch(option -> option.text("defname").equals("set")
                        && option.node("arg").text("name").equals("search_path"));
    }

    private static boolean isTemporary(Step step, Node node) {
        return node.text("relpersistence").equals("t")
                || step.created(Name.of(node)).filter(Created::temporary).isPresent();
    }

    private static Stream<Hit> dropped(Step step) {
        boolean relations =
                step.is("DropStmt") && RELATIONS.contains(step.tree().text("removeType"));
        return !relations
                ? Stream.empty()
                : Drops.names(step.tree()).stream()
                        .filter(name -> !name.isQualified()
                                && step.created(name).filter(Created::temporary).isEmpty())
                        .map(UnqualifiedName::unqualified);
    }

    private static Hit unqualified(Name name) {
        return hit("which " + name + " it is depends on the search_path of whoever runs it")
                .on(name);
    }
}
