package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An outline as lines for a terminal. */
final class OutlineText {

    private OutlineText() {}

    static List<String> of(PlanOutline outline) {
        List<String> lines = new ArrayList<>();
        lines.add(outline.title());
        String before = "";
        for (PlanFact fact : outline.facts()) {
            lines.add(row(fact.label().equals(before) ? "" : fact.label(), fact.text()));
            before = fact.label();
        }
        lines.add("steps");
        outline.steps().forEach(step -> addStep(lines, step));
        lines.add("abort");
        outline.abort().forEach(step -> addStep(lines, step));
        if (outline.abort().isEmpty()) {
            lines.add("  no steps: an abort only stops the work");
        }
        return List.copyOf(lines);
    }

    private static void addStep(List<String> lines, StepOutline step) {
        lines.add(String.format(
                Locale.ROOT, "  %d  %s  (%s, %s)", step.number(), step.name(), step.kind(), step.statementClass()));
        step.does().forEach(sentence -> lines.add("       " + sentence));
        lines.add("       control  " + step.control());
        if (!step.locks().isEmpty()) {
            String locks = step.locks().stream().map(TableLock::toString).collect(Collectors.joining(" · "));
            lines.add("       locks    " + locks);
        }
        step.advice().forEach(advice -> lines.add("       note     " + advice));
    }

    private static String row(String label, String text) {
        return String.format(Locale.ROOT, "  %-9s %s", label, text);
    }
}
