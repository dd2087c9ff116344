package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.flow.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Sums up, at each block or call, what the rules found in its body: that is the finding PLPGSQL-BODY. */
final class BlockFindings {
    static final String RULE = "PLPGSQL-BODY";

    /** Rules about style and procedure: they say nothing of what a body does to a table. */
    private static final Set<String> NOT_COUNTED =
            Set.of(RULE, "OPAQUE-DYNAMIC-SQL", "NAME-UNQUALIFIED", "NOT-RERUNNABLE", "ABORT-PLAN-MISSING");

    private record Found(Severity worst, Set<String> rules, int line) {}

    private final Map<Step, Found> byBlock = new LinkedHashMap<>();

    void note(RuleCard card, Severity severity, Step step, int line) {
        if (severity == Severity.INFO || NOT_COUNTED.contains(card.id())) {
            return;
        }
        for (Step block = step.outer().orElse(null);
                block != null;
                block = block.outer().orElse(null)) {
            Found found = byBlock.computeIfAbsent(block, b -> new Found(severity, new TreeSet<>(), line));
            found.rules().add(card.id());
            if (severity.compareTo(found.worst()) > 0) {
                byBlock.put(block, new Found(severity, found.rules(), found.line()));
            }
        }
    }

    void each(BiConsumer<Step, Hit> consumer) {
        List<Map.Entry<Step, Found>> entries = new ArrayList<>(byBlock.entrySet());
        for (Map.Entry<Step, Found> entry : entries) {
            Found found = entry.getValue();
            consumer.accept(
                    entry.getKey(),
                    Hit.because("the body that this runs is flagged by " + String.join(", ", found.rules())
                                    + ", first in line " + found.line())
                            .as(found.worst()));
        }
    }
}
