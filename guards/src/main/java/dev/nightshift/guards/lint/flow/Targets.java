package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Drops;
import dev.nightshift.guards.lint.tree.Name;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The relations that statements name as what they work on. */
final class Targets {
    private static final Map<String, Function<Node, Stream<Name>>> BY_KIND = Map.ofEntries(
            Map.entry("DropStmt", Targets::dropped),
            Map.entry("TruncateStmt", Targets::relations),
            Map.entry("LockStmt", Targets::relations),
            Map.entry(
                    "VacuumStmt",
                    statement -> statement.list("rels").stream().map(rel -> Name.of(rel.node("relation")))),
            Map.entry("CreateTrigStmt", Targets::relation),
            Map.entry("ViewStmt", statement -> Stream.of(Name.of(statement.node("view")))),
            Map.entry(
                    "CreateTableAsStmt",
                    statement -> Stream.of(Name.of(statement.node("into").node("rel")))),
            Map.entry("CreatePolicyStmt", statement -> Stream.of(Name.of(statement.node("table")))));

    private Targets() {}

    static List<Name> of(Node statement) {
        return BY_KIND.getOrDefault(statement.kind(), Targets::relation)
                .apply(statement)
                .toList();
    }

    private static Stream<Name> relation(Node statement) {
        return statement.maybe("relation").stream().map(Name::of);
    }

    private static Stream<Name> relations(Node statement) {
        return statement.list("relations").stream().map(Name::of);
    }

    private static Stream<Name> dropped(Node drop) {
        return switch (drop.text("removeType")) {
            case "OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE" ->
                drop.list("objects").stream().map(Drops::tableOfNamed);
            default -> Drops.names(drop).stream();
        };
    }
}
