package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DML-WITH-DDL-TXN: changed rows in the same transaction as DDL that locks out readers. */
final class RowsWithDdl extends Rule {
    RowsWithDdl() {
        super(new RuleCard(
                "DML-WITH-DDL-TXN",
                Severity.ERROR,
                "changed rows in the same transaction as DDL that locks out readers",
                "ACCESS EXCLUSIVE, until COMMIT",
                "the lock of the DDL is held for as long as the rows take",
                "the DDL and the rows in transactions of their own",
                "BEGIN; ALTER TABLE shop.t ADD COLUMN a int; UPDATE shop.t SET a = 1 WHERE id < 1000; COMMIT",
                "BEGIN; ALTER TABLE shop.t ADD COLUMN a int; COMMIT; UPDATE shop.t SET a = 1 WHERE id < 1000"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        Optional<Step> ddl = step.transaction().firstExclusive(step);
        if (!step.transaction().isBlock() || ddl.isEmpty() || ddl.get() == step) {
            return Stream.empty();
        }
        return step.rowChanges().stream()
                .filter(node -> !(node.is("InsertStmt") && Dml.insertsValues(node)))
                .filter(node -> !step.isNew(Name.of(node.node("relation"))))
                .filter(node -> !Bookkeeping.is(Name.of(node.node("relation"))))
                .limit(1)
                .map(node ->
                        hit(message(step, ddl.get())).at(node.node("relation")).on(Name.of(node.node("relation"))));
    }

    private static String message(Step step, Step ddl) {
        String tables = ddl.locks().stream()
                .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
                .map(lock -> lock.relation().toString())
                .distinct()
                .collect(Collectors.joining(", "));
        return ddl.index() < step.index()
                ? "nobody can read " + tables + " until these rows are changed and committed"
                : "these rows stay locked while the DDL that follows waits for its lock on " + tables;
    }
}
