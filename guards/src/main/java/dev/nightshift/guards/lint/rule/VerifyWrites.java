package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.Notices;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Set;
import java.util.stream.Stream;

/** VERIFY-WRITES: over the query of a verify. */
public final class VerifyWrites extends Rule {
    private static final Set<String> WRITE = Set.of(
            "nextval",
            "setval",
            "lo_create",
            "lo_import",
            "lo_unlink",
            "dblink_exec",
            "pg_cancel_backend",
            "pg_terminate_backend",
            "pg_drop_replication_slot",
            "pg_switch_wal",
            "pg_advisory_lock",
            "pg_notify");

    public VerifyWrites() {
        super(Notices.VERIFY_WRITES);
    }

    @Override
    public Stream<Hit> check(Step step) {
        Stream<Hit> rows = step.rowChanges().stream()
                .limit(1)
                .map(change -> hit("a verify only asks: this changes rows of " + Name.of(change.node("relation")))
                        .at(change.node("relation"))
                        .on(Name.of(change.node("relation"))));
        Stream<Hit> other = step.tree().has("intoClause")
                ? Stream.of(hit("a verify only asks: SELECT INTO makes a table"))
                : step.tree()
                        .all("LockingClause")
                        .limit(1)
                        .map(locks ->
                                hit("a verify only asks: FOR UPDATE and its like lock the rows, which writes them"));
        Stream<Hit> calls = Expressions.calls(step.tree())
                .flatMap(call -> call(step, Expressions.function(call)).map(hit -> hit.at(call)));
        return Stream.of(rows, other, calls).flatMap(hits -> hits);
    }

    private static Stream<Hit> call(Step step, Name function) {
        if (WRITE.contains(function.name())) {
            return Stream.of(hit("a verify only asks: " + function + "() changes something"));
        }
        boolean own = step.catalog()
                .volatility(function)
                .filter(Volatility.VOLATILE::equals)
                .isPresent();
        return own && !Volatilities.isBuiltIn(function)
                ? Stream.of(hit(function + "() is volatile, so it may write; STABLE would say that it does not")
                        .as(Severity.WARN))
                : Stream.empty();
    }
}
