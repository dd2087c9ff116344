package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** DML-DUP-ASSIGN: a column assigned twice in UPDATE, or listed twice in INSERT. */
final class DuplicateAssignment extends Rule {
    DuplicateAssignment() {
        super(new RuleCard(
                "DML-DUP-ASSIGN",
                Severity.ERROR,
                "a column assigned twice in UPDATE, or listed twice in INSERT",
                "-",
                "it fails at run time",
                "name each column once",
                "UPDATE shop.t SET a = 1, a = 2 WHERE id = 1",
                "UPDATE shop.t SET a = 1, b = 2 WHERE id = 1"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        return step.rowChanges().stream().flatMap(node -> lists(node)).flatMap(list -> repeated(list).stream());
    }

    private static Stream<List<Node>> lists(Node node) {
        Stream<List<Node>> own = Stream.of(
                node.is("InsertStmt")
                        ? node.list("cols")
                        : node.is("UpdateStmt") ? node.list("targetList") : List.of());
        Stream<List<Node>> conflict = node.maybe("onConflictClause").stream().map(clause -> clause.list("targetList"));
        Stream<List<Node>> merge = node.list("mergeWhenClauses").stream().map(clause -> clause.list("targetList"));
        return Stream.of(own, conflict, merge).flatMap(lists -> lists);
    }

    /** {@code a[1] = …, a[2] = …} assigns to parts of a column, which may be done often. */
    private static Optional<Hit> repeated(List<Node> targets) {
        Set<String> seen = new HashSet<>();
        return targets.stream()
                .filter(target -> target.list("indirection").isEmpty())
                .filter(target -> !seen.add(target.text("name")))
                .findFirst()
                .map(target -> hit("the column " + target.text("name") + " is named twice")
                        .at(target));
    }
}
