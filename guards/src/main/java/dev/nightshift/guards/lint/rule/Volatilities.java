package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.catalog.BuiltInFunctions;
import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Locale;
import java.util.Optional;

/** Whether an expression may give each row another value. */
final class Volatilities {
    private Volatilities() {}

    /** What is volatile in the expression, in words; empty when it gives every row the same value. */
    static Optional<String> worst(Step step, Node expression) {
        return Expressions.calls(expression)
                .map(Expressions::function)
                .flatMap(function -> judge(step, function).stream())
                .findFirst();
    }

    private static Optional<String> judge(Step step, Name function) {
        Optional<Volatility> known = known(step, function);
        if (known.isEmpty()) {
            return Optional.of("calls " + function + "(), which may be volatile for all that is known");
        }
        return known.get() == Volatility.VOLATILE
                ? Optional.of("calls " + function + "(), which is volatile")
                : Optional.empty();
    }

    /** The first function of the expression that is known to be volatile. */
    static Optional<Name> surely(Step step, Node expression) {
        return Expressions.calls(expression)
                .map(Expressions::function)
                .filter(function -> known(step, function)
                        .filter(Volatility.VOLATILE::equals)
                        .isPresent())
                .findFirst();
    }

    static boolean isBuiltIn(Name function) {
        return BuiltInFunctions.VOLATILE.contains(function.name())
                || function.schema().equals("pg_catalog");
    }

    private static Optional<Volatility> known(Step step, Name function) {
        boolean builtIn = !function.isQualified() || function.schema().equals("pg_catalog");
        return inScript(step, function)
                .or(() -> step.catalog().volatility(function))
                .or(() -> BuiltInFunctions.VOLATILE.contains(function.name())
                        ? Optional.of(Volatility.VOLATILE)
                        : Optional.empty())
                .or(() -> builtIn && BuiltInFunctions.isNotVolatile(function.name())
                        ? Optional.of(Volatility.STABLE)
                        : Optional.empty());
    }

    /** A function that the script defines says so itself; PostgreSQL's default is VOLATILE. */
    private static Optional<Volatility> inScript(Step step, Name function) {
        return step.created(Created.Kind.ROUTINE, function)
                .map(created -> created.step().tree().list("options").stream()
                        .filter(option -> option.text("defname").equals("volatility"))
                        .map(option -> Volatility.valueOf(
                                option.node("arg").text("sval").toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElse(Volatility.VOLATILE));
    }
}
