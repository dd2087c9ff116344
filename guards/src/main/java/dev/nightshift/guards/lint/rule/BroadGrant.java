package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import java.util.List;
import java.util.stream.Stream;

/** GRANT-BROAD: GRANT ALL, GRANT TO PUBLIC, a new owner, SECURITY DEFINER without SET search_path. */
final class BroadGrant extends Rule {
    BroadGrant() {
        super(new RuleCard(
                "GRANT-BROAD",
                Severity.WARN,
                "GRANT ALL, GRANT TO PUBLIC, a new owner, SECURITY DEFINER without SET search_path",
                "-",
                "more can read, change or become the owner than need to",
                "the few privileges that are needed, to the role that needs them",
                "GRANT ALL ON shop.t TO PUBLIC",
                "GRANT SELECT ON shop.t TO reporting"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        return switch (tree.kind()) {
            case "GrantStmt" -> grant(tree);
            case "AlterDefaultPrivilegesStmt" -> grant(tree.node("action"));
            case "AlterOwnerStmt" -> Stream.of(owner());
            case "ReassignOwnedStmt" -> Stream.of(hit("REASSIGN OWNED gives all that a role owns to another"));
            case "CreateFunctionStmt" -> definer(tree.list("options"));
            case "AlterFunctionStmt" -> definer(tree.list("actions"));
            case "AlterTableStmt" ->
                step.alterTable().stream()
                        .flatMap(alter -> alter.commands().stream()
                                .filter(command -> command.is("ChangeOwner"))
                                .map(command -> owner().on(alter.relation())));
            default -> Stream.empty();
        };
    }

    private static Hit owner() {
        return hit("the new owner may drop it and grant it on");
    }

    private static Stream<Hit> grant(Node grant) {
        if (!grant.flag("is_grant")) {
            return Stream.empty();
        }
        boolean all = grant.list("privileges").stream()
                .allMatch(privilege -> privilege.text("priv_name").isEmpty());
        boolean everyone = grant.list("grantees").stream()
                .anyMatch(role -> role.text("roletype").equals("ROLESPEC_PUBLIC"));
        if (!all && !everyone) {
            return Stream.empty();
        }
        String what = all && everyone ? "ALL to PUBLIC" : all ? "ALL privileges" : "TO PUBLIC";
        return Stream.of(hit("GRANT " + what + " gives more than is needed"));
    }

    private static Stream<Hit> definer(List<Node> options) {
        boolean definer = options.stream()
                .anyMatch(option -> option.text("defname").equals("security")
                        && option.node("arg").flag("boolval"));
        boolean fixed = options.stream()
                .filter(option -> option.text("defname").equals("set"))
                .anyMatch(option -> option.node("arg").text("name").equals("search_path"));
        return definer && !fixed
                ? Stream.of(
                        hit(
                                "SECURITY DEFINER without SET search_path runs what the caller's search_path offers, as the owner"))
                : Stream.empty();
    }
}
