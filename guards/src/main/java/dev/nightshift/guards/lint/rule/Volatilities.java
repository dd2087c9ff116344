package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.catalog.Volatility;
import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether an expression may give each row another value. */
final class Volatilities {
    private static final Set<String> VOLATILE = Set.of(
            "random",
            "gen_random_uuid",
            "uuid_generate_v1",
            "uuid_generate_v1mc",
            "uuid_generate_v4",
            "uuidv4",
            "uuidv7",
            "clock_timestamp",
            "timeofday",
            "nextval",
            "currval",
            "lastval",
            "setval",
            "gen_random_bytes",
            "pg_sleep",
            "set_config",
            "setseed",
            "random_normal",
            "array_shuffle",
            "array_sample",
            "txid_status",
            "gen_salt");

    private static final Set<String> NOT_VOLATILE = names("not-volatile.txt");

    private Volatilities() {}

    private static Set<String> names(String resource) {
        try (InputStream in = Objects.requireNonNull(Volatilities.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is volatile in the expression, in words; empty when it gives every row the same value. */
    static Optional<String> worst(Step step, Node expression) {
        return Expressions.calls(expression)
                .map(Expressions::function)
                .flatMap(function -> judge(step, function).stream())
                .findFirst();
    }

    private static Optional<String> judge(Step step, Name function) {
        Optional<Volatility> known =
                inScript(step, function).or(() -> step.catalog().volatility(function));
        if (known.isPresent()) {
            return known.get() == Volatility.VOLATILE
                    ? Optional.of("calls " + function + "(), which is volatile")
                    : Optional.empty();
        }
        boolean builtIn = !function.isQualified() || function.schema().equals("pg_catalog");
        if (VOLATILE.contains(function.name())) {
            return Optional.of("calls " + function + "(), which is volatile");
        }
        return builtIn && NOT_VOLATILE.contains(function.name())
                ? Optional.empty()
                : Optional.of("calls " + function + "(), which may be volatile for all that is known");
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
