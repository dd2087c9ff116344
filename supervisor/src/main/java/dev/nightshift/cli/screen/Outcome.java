package dev.nightshift.cli.screen;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Unclear;
import java.util.List;
import java.util.Locale;

/** One line on why a run came to its state: a label, and what a person should read. */
record Outcome(String label, String text) {

    /** The worst line first; none for a run that is on its way or succeeded. */
    static List<Outcome> of(RunState state) {
        if (state instanceof Aborting aborting) {
            return cause(aborting.cause());
        } else if (state instanceof Aborted aborted) {
            return cause(aborted.cause());
        } else if (state instanceof AbortIncomplete incomplete) {
            return cause(incomplete.cause());
        } else if (state instanceof Failed failed) {
            return explained(failed.failure().explanation());
        }
        return state instanceof Unclear unclear ? List.of(new Outcome("question", unclear.question())) : List.of();
    }

    private static List<Outcome> cause(Cause cause) {
        String kind = cause.kind().name().toLowerCase(Locale.ROOT);
        String who = cause.kind() == Cause.Kind.OPERATOR ? kind + " " + cause.by() : kind;
        return List.of(new Outcome("because", who + ": " + cause.reason()));
    }

    private static List<Outcome> explained(Explanation explanation) {
        return List.of(
                new Outcome("failed", explanation.what()),
                new Outcome("while", explanation.doing()),
                new Outcome("now", explanation.state()),
                new Outcome("do", explanation.todo()));
    }

    /** On a screen: the first line stands out. */
    static void add(Flow flow, RunState state) {
        Style style = Style.BAD;
        for (Outcome line : of(state)) {
            flow.labelled(line.label, Line.of(style, line.text));
            style = Style.PLAIN;
        }
    }
}
