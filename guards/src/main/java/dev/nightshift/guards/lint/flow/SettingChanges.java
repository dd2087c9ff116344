package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings that a statement changes: SET, RESET, DISCARD ALL, and calls of set_config(). */
public final class SettingChanges {
    /**
     * One change.
     *
     * @param value empty = back to the default
     */
    public record Change(String name, Optional<String> value, boolean local, Node at) {}

    private SettingChanges() {}

    public static List<Change> of(Node statement) {
        if (statement.is("VariableSetStmt")) {
            return set(statement).stream().toList();
        }
        if (statement.is("SelectStmt")) {
            return Expressions.calls(statement)
                    .flatMap(SettingChanges::setConfig)
                    .toList();
        }
        return List.of();
    }

    /** Whether all settings go back to their defaults. */
    public static boolean resetsAll(Node statement) {
        return (statement.is("DiscardStmt") && statement.text("target").equals("DISCARD_ALL"))
                || (statement.is("VariableSetStmt") && statement.text("kind").equals("VAR_RESET_ALL"));
    }

    public static Optional<Change> set(Node statement) {
        String name = statement.text("name").toLowerCase(Locale.ROOT);
        boolean local = statement.flag("is_local");
        return switch (statement.text("kind")) {
            case "VAR_SET_VALUE" -> Optional.of(new Change(name, Optional.of(value(statement)), local, statement));
            case "VAR_SET_DEFAULT", "VAR_RESET" -> Optional.of(new Change(name, Optional.empty(), local, statement));
            default -> Optional.empty();
        };
    }

    private static String value(Node set) {
        return set.list("args").stream()
                .map(arg -> Expressions.constant(arg).orElse(""))
                .collect(Collectors.joining(","));
    }

    private static Stream<Change> setConfig(Node call) {
        List<Node> args = call.list("args");
        if (!Expressions.function(call).name().equals("set_config") || args.size() < 3) {
            return Stream.empty();
        }
        Optional<String> name = Expressions.constant(args.get(0));
        String value = Expressions.constant(args.get(1)).orElse("");
        boolean local = Expressions.constant(args.get(2)).filter("true"::equals).isPresent();
        return name.stream().map(n -> new Change(n.toLowerCase(Locale.ROOT), Optional.of(value), local, call));
    }
}
