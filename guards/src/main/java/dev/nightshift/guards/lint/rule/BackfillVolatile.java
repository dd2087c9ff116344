package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.Notices;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** BACKFILL-VOLATILE: over {@code SELECT value}, or {@code SELECT WHERE condition}. */
public final class BackfillVolatile extends Rule {
    private static final Set<String> TIMES = Set.of("now", "transaction_timestamp", "statement_timestamp");

    public BackfillVolatile() {
        super(Notices.BACKFILL_VOLATILE);
    }

    @Override
    public Stream<Hit> check(Step step) {
        Stream<Hit> values = step.tree().list("targetList").stream().flatMap(value -> value(step, value).stream());
        return Stream.concat(values, condition(step, step.tree().node("whereClause")).stream());
    }

    private static Optional<Hit> value(Step step, Node value) {
        return Volatilities.worst(step, value)
                .map(why -> hit("`set` " + why + ": a row that is done again gets another value"))
                .or(() -> readsTime(value)
                        ? Optional.of(hit("`set` reads the time: it is one for a batch and another for the next"))
                        : Optional.empty());
    }

    private static Optional<Hit> condition(Step step, Node condition) {
        String moves = ": which rows are still to do changes while the walk runs";
        Optional<Hit> surely = Volatilities.surely(step, condition)
                .map(function -> hit("`where` calls " + function + "(), which is volatile" + moves)
                        .as(Severity.ERROR));
        return surely.or(() -> Volatilities.worst(step, condition).map(why -> hit("`where` " + why + moves)))
                .or(() -> readsTime(condition) ? Optional.of(hit("`where` reads the time" + moves)) : Optional.empty());
    }

    private static boolean readsTime(Node expression) {
        return expression
                        .all("SQLValueFunction")
                        .anyMatch(value -> value.text("op").contains("TIME")
                                || value.text("op").contains("DATE"))
                || Expressions.calls(expression)
                        .anyMatch(call ->
                                TIMES.contains(Expressions.function(call).name()));
    }
}
