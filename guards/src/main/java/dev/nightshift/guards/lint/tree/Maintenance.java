package dev.nightshift.guards.lint.tree;

import dev.nightshift.guards.lint.parse.Node;
import java.util.List;

/** Options of VACUUM, REINDEX, CLUSTER and their like: {@code (FULL, CONCURRENTLY off)}. */
public final class Maintenance {
    private Maintenance() {}

    public static boolean isVacuumFull(Node statement) {
        return statement.is("VacuumStmt") && isOn(statement.list("options"), "full");
    }

    public static boolean isConcurrentReindex(Node statement) {
        return statement.is("ReindexStmt") && isOn(statement.list("params"), "concurrently");
    }

    /** An option without a value is on. */
    private static boolean isOn(List<Node> options, String name) {
        return options.stream()
                .filter(option -> option.text("defname").equals(name))
                .anyMatch(option -> !option.has("arg") || !isOff(option.node("arg")));
    }

    private static boolean isOff(Node value) {
        String text = value.text("sval");
        boolean zero = value.is("Integer") && value.number("ival") == 0;
        return zero || text.equalsIgnoreCase("off") || text.equalsIgnoreCase("false") || text.equals("0");
    }
}
