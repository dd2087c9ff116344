package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What earlier scripts of one set, each in a session of its own, did to tables: what they prove, later ones may rest on. */
public final class Past {
    private static final Set<String> TELLING = Set.of("AlterTableStmt", "IndexStmt", "DropStmt", "CreateStmt");

    private static final Set<String> TAKING_AWAY = Set.of("DropStmt", "RenameStmt", "AlterObjectSchemaStmt");

    private final Map<String, List<Step>> byTarget = new HashMap<>();
    private final Set<Name> made = new HashSet<>();
    private int steps;

    /** The script is over: what it left behind is past. */
    public void add(Timeline timeline) {
        for (Step step : timeline.steps()) {
            if (TAKING_AWAY.contains(step.tree().kind())) {
                step.targets().forEach(target -> made.remove(step.resolved(target)));
            }
            if (TELLING.contains(step.tree().kind())) {
                step.targets()
                        .forEach(target -> byTarget.computeIfAbsent(target.name(), name -> new ArrayList<>())
                                .add(step));
            }
        }
        steps += timeline.steps().size();
        made.addAll(timeline.objects().madeTables());
    }

    int steps() {
        return steps;
    }

    List<Step> on(String relation) {
        return byTarget.getOrDefault(relation, List.of());
    }

    boolean made(Name table) {
        return made.contains(table);
    }
}
