package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import java.util.stream.Stream;

/** TXN-UNBALANCED: BEGIN without COMMIT, BEGIN inside a transaction, COMMIT without BEGIN, PREPARE TRANSACTION. */
final class UnbalancedTransaction extends Rule {
    UnbalancedTransaction() {
        super(new RuleCard(
                "TXN-UNBALANCED",
                Severity.ERROR,
                "BEGIN without COMMIT, BEGIN inside a transaction, COMMIT without BEGIN, PREPARE TRANSACTION",
                "-",
                "what follows runs in another transaction than its author thinks, or is never committed",
                "one COMMIT for each BEGIN",
                "BEGIN; CREATE TABLE shop.n (a int)",
                "BEGIN; CREATE TABLE shop.n (a int); COMMIT"));
    }

    @Override
    public Stream<Hit> check(Step step) {
        if (!step.is("TransactionStmt")) {
            return Stream.empty();
        }
        String kind = step.tree().text("kind");
        boolean prepares = kind.equals("TRANS_STMT_PREPARE");
        if (step.timeline().isLeftOpen(step)) {
            return prepares && endsPrepared(step)
                    ? Stream.empty()
                    : Stream.of(hit(
                            prepares
                                    ? "the prepared transaction keeps its locks until somebody ends it by name"
                                    : "this BEGIN is never committed or rolled back"));
        }
        if (!step.timeline().isMisplaced(step)) {
            return Stream.empty();
        }
        boolean begins = kind.equals("TRANS_STMT_BEGIN") || kind.equals("TRANS_STMT_START");
        return Stream.of(hit(
                begins
                        ? "a BEGIN inside a transaction does nothing but warn"
                        : "there is no BEGIN that this could end"));
    }

    private static boolean endsPrepared(Step step) {
        String name = step.tree().text("gid");
        return step.timeline().steps().stream()
                .filter(other -> other.index() > step.index() && other.is("TransactionStmt"))
                .anyMatch(other -> other.tree().text("kind").endsWith("_PREPARED")
                        && other.tree().text("gid").equals(name));
    }
}
