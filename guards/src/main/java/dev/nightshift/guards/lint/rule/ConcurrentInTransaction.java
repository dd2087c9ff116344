package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.tree.NonTransactional;
import java.util.Locale;
import java.util.stream.Stream;

/** IDX-CONCURRENT-IN-TXN: CREATE/DROP INDEX, REINDEX or DETACH CONCURRENTLY inside a transaction, and others that PostgreSQL refuses there. */
final class ConcurrentInTransaction extends Rule {
    ConcurrentInTransaction() {
        super(new RuleCard(
                "IDX-CONCURRENT-IN-TXN",
                Severity.ERROR,
                "CREATE/DROP INDEX, REINDEX or DETACH CONCURRENTLY inside a transaction, and others that PostgreSQL refuses there",
                "-",
                "it fails at run time with SQLSTATE 25001",
                "a unit of work of its own, in autocommit",
                "BEGIN; CREATE INDEX CONCURRENTLY i ON shop.t (a); COMMIT",
                "CREATE INDEX CONCURRENTLY i ON shop.t (a)"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        boolean inside = step.transaction().isBlock() || step.outer().isPresent();
        return inside
                ? NonTransactional.what(step.tree()).stream().map(what -> hit(what + " cannot run " + where(step)))
                : Stream.empty();
    }

    private static String where(Step step) {
        if (step.outer().isPresent()) {
            return "inside a DO block, function or procedure";
        }
        if (step.inExplicitBlock()) {
            return "between BEGIN and COMMIT";
        }
        return "in a file that " + step.script().runner().name().toLowerCase(Locale.ROOT)
                + " runs in one transaction; say -- nightshift:no-transaction and configure the runner so";
    }
}
