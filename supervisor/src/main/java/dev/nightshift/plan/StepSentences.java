package dev.nightshift.plan;

import dev.nightshift.guards.guard.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in plain sentences what a step will do. */
final class StepSentences {

    private static final int LONGEST_SQL = 160;

    private StepSentences() {}

    static List<String> of(Step step) {
        List<String> does = new ArrayList<>(what(step));
        step.expected()
                .ifPresent(most -> does.add(
                        "Takes at most " + time(most) + ": begins only where that fits into the rest of the window."));
        step.undoes().ifPresent(undone -> does.add("Passed over when step " + undone + " has made nothing."));
        return does;
    }

    private static List<String> what(Step step) {
        if (step instanceof WalkStep walk) {
            return WalkSentences.of(walk);
        }
        if (step instanceof StatementStep statement) {
            return statement(statement.statement());
        }
        if (step instanceof SchemaStep schema) {
            return schema(schema);
        }
        if (step instanceof ExternalStep external) {
            return ExternalSentences.of(external);
        }
        if (step instanceof WorkloadsStep workloads) {
            return DowntimeSentences.of(workloads);
        }
        return step instanceof VerifyStep verify
                ? List.of(
                        "Asks: " + oneLine(verify.sql()),
                        "Anything but one row with true fails it, and the run goes to its abort steps.")
                : List.of("Waits until a person approves; nothing is written meanwhile.");
    }

    private static List<String> statement(SqlStatement statement) {
        List<String> does = new ArrayList<>();
        does.add("Runs: " + oneLine(statement.text()));
        if (statement.buildsIndexConcurrently()) {
            does.add("Waits for older transactions as long as it takes; cancelled, what it built so far is dropped.");
        } else if (statement.waitsPatiently()) {
            does.add("Waits for older transactions as long as it takes, beside readers and writers.");
        } else {
            does.add("Gives up its wait for a lock after a moment and tries again, so that nobody queues behind it.");
        }
        if (statement.runsOutsideTransaction()) {
            does.add("Runs outside a transaction: what it did before a failure stays.");
        }
        return does;
    }

    private static List<String> schema(SchemaStep step) {
        String from = step.locations().stream().map(Object::toString).collect(Collectors.joining(", "));
        List<String> does = new ArrayList<>();
        does.add("Applies the migrations of " + from
                + step.target().map(target -> " up to version " + target).orElse("") + " with Flyway.");
        step.baseline()
                .ifPresent(version -> does.add("Tables without a history of Flyway are taken to have version " + version
                        + "; nothing up to it is applied to them."));
        does.add("What each takes and how long is for its file to say; between two of them the run can stop.");
        return does;
    }

    static String time(Duration duration) {
        return Unit.DURATION.text(duration.toMillis() / 1000.0);
    }

    static String oneLine(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_SQL ? line : line.substring(0, LONGEST_SQL - 1) + "…";
    }
}
