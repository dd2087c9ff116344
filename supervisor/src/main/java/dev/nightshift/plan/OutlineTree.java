package dev.nightshift.plan;

import dev.nightshift.guards.guard.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An outline as a tree for JSON; keys are stable, sentences are for people and may change. */
final class OutlineTree {

    private OutlineTree() {}

    static Map<String, Object> of(PlanOutline outline) {
        Plan plan = outline.plan();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", plan.name());
        tree.put("hash", plan.hash().hex());
        tree.put("database", plan.database().toString());
        outline.facts().stream()
                .filter(fact -> !fact.label().equals("waives"))
                .forEach(fact -> tree.put(fact.label(), fact.text()));
        tree.put("backupIsNone", plan.backup() instanceof BackupSpec.None);
        tree.put("guards", guards(outline));
        tree.put("waivers", plan.waivers().stream().map(OutlineTree::waiver).toList());
        tree.put("recipes", plan.recipes().stream().map(OutlineTree::recipe).toList());
        tree.put("steps", steps(outline.steps()));
        tree.put("abort", steps(outline.abort()));
        return tree;
    }

    private static Map<String, Object> guards(PlanOutline outline) {
        Map<String, Object> guards = new LinkedHashMap<>();
        for (GuardOutline guard : outline.guards()) {
            Map<String, Object> limits = new LinkedHashMap<>();
            for (Level level : Level.values()) {
                String limit = guard.limits().get(level);
                if (limit != null) {
                    limits.put(GuardsReader.keyOf(level), limit);
                }
            }
            if (!guard.asks().isEmpty()) {
                limits.put("asks", guard.asks());
            }
            guards.put(guard.title(), limits);
        }
        return guards;
    }

    private static Map<String, Object> waiver(Waiver waiver) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", waiver.id());
        tree.put("reason", waiver.reason());
        tree.put("until", waiver.until().toString());
        return tree;
    }

    private static Map<String, Object> recipe(Recipe recipe) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", recipe.name());
        tree.put("kind", recipe.kind());
        tree.put("does", recipe.does());
        tree.put("makes", recipe.makes());
        tree.put("steps", recipe.steps().stream().map(Step::name).toList());
        tree.put("abort", recipe.abort().stream().map(Step::name).toList());
        tree.put("advice", recipe.advice());
        return tree;
    }

    private static List<Map<String, Object>> steps(List<StepOutline> steps) {
        return steps.stream().map(OutlineTree::step).toList();
    }

    private static Map<String, Object> step(StepOutline step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("number", step.number());
        tree.put("name", step.name());
        tree.put("kind", step.kind());
        tree.put("class", step.statementClass().toString());
        tree.put("pausable", step.pausable());
        tree.put("does", step.does());
        tree.put("locks", step.locks().stream().map(OutlineTree::lock).toList());
        tree.put("advice", step.advice());
        step.recipe().ifPresent(recipe -> tree.put("recipe", recipe));
        if (!step.sql().isEmpty()) {
            tree.put("sql", step.sql());
        }
        return tree;
    }

    private static Map<String, Object> lock(TableLock lock) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mode", lock.mode());
        tree.put("on", lock.on());
        return tree;
    }
}
