package dev.nightshift.plan;

import java.util.List;

/**
 * What one entry of a plan stands for: the ordinary steps that carry it out, and those that undo them. The same text
 * always gives the same steps, whatever version reads it: a run stores nothing but its plan's text.
 *
 * @param kind the key under which the plan writes it: {@code not-null}, {@code bigint-key} …
 * @param does one sentence
 * @param makes every object that it creates, in words, so that two recipes can be seen to make the same
 * @param steps in the order in which they are carried out
 * @param abort in the order in which they undo: what was made last comes first
 * @param advice what a careful person would look at
 */
public record Recipe(
        String kind,
        String name,
        String does,
        List<String> makes,
        List<Step> steps,
        List<StatementStep> abort,
        List<String> advice) {

    public Recipe {
        makes = List.copyOf(makes);
        steps = List.copyOf(steps);
        abort = List.copyOf(abort);
        advice = List.copyOf(advice);
    }

    /** As people name it. */
    @Override
    public String toString() {
        return kind + " " + name;
    }

    /** Whether this step, of the plan's steps or of its abort steps, comes from here. */
    boolean holds(Step step) {
        return steps.contains(step) || (step instanceof StatementStep statement && abort.contains(statement));
    }
}
