package dev.nightshift.process;

import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.RevisionCommands;
import dev.nightshift.run.Explanation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks whether Alembic's history, and Flask-Migrate's over it, is one line that the database is on. */
final class RevisionLook {

    static final String RUNBOOK = "runbooks/alembic-history.md";

    /** {@code ae1027a6acf (head)}, with its branch and more in between. */
    private static final Pattern HEAD = Pattern.compile("(\\S+)( \\(.*\\))* \\((effective )?head\\).*");

    private static final Pattern REVISION = Pattern.compile("([\\w.-]+)( \\(.*\\))?");

    private static final String NOT_LOCATED = "Can't locate revision";

    private final ExternalStep step;
    private final RevisionCommands revisions;
    private final Function<List<String>, Printed> run;

    RevisionLook(ExternalStep step, RevisionCommands revisions, Function<List<String>, Printed> run) {
        this.step = step;
        this.revisions = revisions;
        this.run = run;
    }

    /** Empty when nothing speaks against an upgrade. */
    Optional<Explanation> problem() {
        Printed heads = run.apply(revisions.heads());
        if (!heads.isGood()) {
            return Optional.of(unreadable(heads, revisions.heads()));
        }
        List<String> found = heads.lines().stream()
                .map(HEAD::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
        if (found.size() > 1 && revisions.target().equals(RevisionCommands.HEAD)) {
            return Optional.of(explain(
                    "its history is branched: " + found.size() + " heads, " + String.join(" and ", found),
                    "merge them (alembic merge, flask db merge), or name the revision to go to: " + RUNBOOK));
        }
        Optional<String> expected = step.history().head();
        if (expected.isPresent() && !found.equals(List.of(expected.get()))) {
            return Optional.of(explain(
                    "its files go up to " + (found.isEmpty() ? "no revision" : String.join(" and ", found))
                            + ", the plan's `head` is " + expected.get(),
                    "review what came since, and change `head`: " + RUNBOOK));
        }
        Printed current = run.apply(revisions.current());
        if (current.isGood()) {
            return Optional.empty();
        }
        return Optional.of(
                current.complainsOf(NOT_LOCATED)
                        ? explain(
                                "the database has a revision that its files do not have: " + current.last(),
                                "use the files that the database was upgraded with, or newer ones: " + RUNBOOK)
                        : unreadable(current, revisions.current()));
    }

    /** As the database has it, in the form that an upgrade begins with; empty when that cannot be asked. */
    Optional<String> current() {
        Printed current = run.apply(revisions.current());
        if (!current.isGood()) {
            return Optional.empty();
        }
        List<String> found = current.lines().stream()
                .map(REVISION::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .toList();
        return Optional.of(found.isEmpty() ? "base" : found.get(found.size() - 1));
    }

    private Explanation unreadable(Printed printed, List<String> words) {
        return explain(
                "its history cannot be read: " + step.tool().saying(words) + " " + printed.ending(),
                "run that command by hand in " + step.tool().place() + ": " + RUNBOOK);
    }

    private Explanation explain(String what, String todo) {
        return new Explanation(
                "step " + step.name() + ": " + what,
                "looking at the history of " + step.tool(),
                Explanation.NOTHING_CHANGED,
                todo);
    }
}
