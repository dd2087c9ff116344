package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in plain sentences what a tool of somebody else is started with, and what nobody can know before. */
final class ExternalSentences {

    private ExternalSentences() {}

    static List<String> of(ExternalStep step) {
        ToolCommand tool = step.tool();
        List<String> does = new ArrayList<>();
        does.add("Runs: " + tool + " in " + tool.place());
        does.add("What it changes and locks is for the tool to say; each of its lock waits ends after "
                + StepSentences.time(step.limits().lockTimeout()) + ", and all of it after "
                + StepSentences.time(step.limits().timeout()) + ".");
        step.history()
                .revisions()
                .ifPresent(revisions -> does.add(
                        "Refused before it starts when its history has several heads, or the database a revision that its"
                                + " files do not have."));
        step.history()
                .head()
                .ifPresent(head -> does.add("Refused when its files go further than revision " + head + "."));
        does.add(
                step.doneWhen().isPresent()
                        ? "Passed over when this answers true, and asked again when its end was not seen: "
                                + StepSentences.oneLine(step.doneWhen().get())
                        : "Never started a second time by itself: when its end was not seen, a person looks.");
        return does;
    }

    static List<String> advice(ExternalStep step) {
        List<String> advice = new ArrayList<>();
        if (step.sql().isEmpty()) {
            advice.add("Its SQL is not known, so it was not linted"
                    + printing(step)
                            .map(line -> ": add sql: " + line
                                    + ", or look at what it prints with nightshift lint --runner alembic -")
                            .orElse(". If the tool can print it, name the command under `sql`")
                    + ".");
        } else if (step.printsFromCurrent()) {
            advice.add("Its SQL is linted with --database only: it begins at the revision that the database has.");
        }
        return advice;
    }

    /** As Alembic and Flask-Migrate print it. */
    private static Optional<String> printing(ExternalStep step) {
        return step.history().revisions().map(revisions -> {
            List<String> words = new ArrayList<>(revisions.heads());
            int verb = words.lastIndexOf("heads");
            words.set(verb, "upgrade");
            words.add(verb + 1, "\"" + ExternalStep.CURRENT + ":" + revisions.target() + "\"");
            words.add("--sql");
            return "[" + String.join(", ", words) + "]";
        });
    }
}
