package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.NonTransactional;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** TXN-STATEMENT-TIMEOUT: DDL without a statement_timeout, or CONCURRENTLY or VALIDATE with a short one. */
final class StatementTimeout extends Rule {
    StatementTimeout() {
        super(new RuleCard(
                "TXN-STATEMENT-TIMEOUT",
                Severity.WARN,
                "DDL without a statement_timeout, or CONCURRENTLY or VALIDATE with a short one",
                "-",
                "DDL that takes long holds its lock as long; a long online step that is cut off leaves an INVALID index",
                "5 to 60 s for DDL; 0, supervised, for long online steps",
                "SET statement_timeout = '5s'; CREATE INDEX CONCURRENTLY i ON shop.t (a)",
                "SET statement_timeout = 0; CREATE INDEX CONCURRENTLY i ON shop.t (a)"));
    }

    private static final Duration SHORT = Duration.ofMinutes(10);

    @Override
    public Stream<Hit> check(Step step) {
        Optional<Duration> timeout = InForce.timeout(step, "statement_timeout");
        if (isLongOnline(step)) {
            return timeout.filter(limit -> limit.compareTo(SHORT) < 0).stream()
                    .map(limit -> hit("a statement_timeout of " + limit.toSeconds()
                            + " s cuts a long online step off, which leaves its work half done"));
        }
        boolean ddl = !step.is("LockStmt") && !step.strongLocks().isEmpty();
        return ddl && timeout.isEmpty()
                ? Stream.of(hit("no statement_timeout is in force: if it takes long, it locks as long")
                        .on(step.strongLocks().get(0).relation()))
                : Stream.empty();
    }

    private static boolean isLongOnline(Step step) {
        boolean concurrent = NonTransactional.what(step.tree())
                .filter(what -> what.contains("CONCURRENTLY"))
                .isPresent();
        return concurrent
                || (step.is("RefreshMatViewStmt") && step.tree().flag("concurrent"))
                || Change.of(step, "ValidateConstraint").findAny().isPresent();
    }
}
