package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says in plain sentences what a step that goes through a table will do. */
final class WalkSentences {

    private WalkSentences() {}

    static List<String> of(WalkStep step) {
        List<String> does = new ArrayList<>();
        does.add(what(step));
        does.add(String.format(
                Locale.ROOT,
                "Goes %s in batches of at most %,d rows and about %s.",
                route(step),
                step.batch().rows(),
                StepSentences.time(step.batch().time())));
        does.add(meanwhile(step));
        if (step instanceof BackfillStep backfill) {
            backfill.kept()
                    .ifPresent(kept -> does.add("Keeps key, old and new values of each row that it changes in "
                            + kept.name() + ", which it makes: that name must be free."));
        }
        if (step instanceof CopyStep) {
            does.add("Does not follow what was copied: that is for a trigger, in place before, that inserts or updates"
                    + " the copy.");
        }
        if (step.fireTriggers()) {
            does.add("User triggers on " + event(step) + " fire for each row.");
        }
        return does;
    }

    private static String meanwhile(WalkStep step) {
        if (step instanceof RestoreStep) {
            return "Rows that were changed again, deleted or given another key since stay as they are, and are counted.";
        }
        return step.leaves()
                ? "Rows that change meanwhile are looked for again, up to three times."
                : "Relies on nobody changing a key meanwhile; rows inserted meanwhile are not visited.";
    }

    private static String what(WalkStep step) {
        String columns = step.set().keySet().stream()
                .map(name -> new Identifier(name).toString())
                .collect(Collectors.joining(", "));
        if (step instanceof DeleteStep) {
            return "Deletes the rows of " + step.table() + condition(step, "") + ".";
        }
        if (step instanceof CopyStep copy) {
            return "Fills " + columns + " of " + step.table() + " from "
                    + (step.where().isPresent() ? "the" : "all") + " rows of " + copy.from() + condition(step, "")
                    + "; what is there already, by its key, stays.";
        }
        if (step instanceof RestoreStep restore) {
            return "Puts " + columns + " of " + step.table() + " back as " + restore.walked()
                    + " has them, where what step " + restore.undone().name() + " wrote still stands.";
        }
        String which = step.where().isPresent()
                ? condition(step, " until no row is left")
                : " once for each row, up to the last key at the start";
        return "Sets " + columns + " of " + step.table() + which + ".";
    }

    private static String condition(WalkStep step, String before) {
        return step.where()
                .map(where -> before + " where " + StepSentences.oneLine(where))
                .orElse("");
    }

    private static String event(WalkStep step) {
        if (step instanceof DeleteStep) {
            return "DELETE";
        }
        return step instanceof CopyStep ? "INSERT" : "UPDATE";
    }

    private static String route(WalkStep step) {
        return switch (step.walk()) {
            case KEY -> "by key";
            case HEAP -> "by the heap";
            case AUTO -> step.leaves() ? "by the heap, or by key if the table asks for it," : "by key";
        };
    }
}
