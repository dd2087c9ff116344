package dev.nightshift.view;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import java.util.Optional;

/** What a person should do about a run now. */
public final class NextStep {

    private NextStep() {}

    public static String of(RunView run, Optional<BackupView> backup) {
        RunState state = run.state();
        if (state instanceof Succeeded) {
            String keep = backup.filter(BackupView::verified)
                    .map(b -> "; keep backup " + b.id() + " until you trust the result")
                    .orElse("");
            return "nothing" + keep;
        }
        if (state instanceof Failed) {
            return "put it right, then: nightshift retry " + run.id() + ", or: nightshift abort " + run.id()
                    + " --reason …";
        }
        if (state instanceof Aborted aborted) {
            return "look into why (" + aborted.cause().reason() + "), then run the plan again";
        }
        if (state instanceof AbortIncomplete) {
            return "do what is left by hand, or: nightshift retry " + run.id();
        }
        if (state instanceof Unclear) {
            return "answer the question, then: nightshift retry " + run.id() + ", or: nightshift abort " + run.id()
                    + " --reason …";
        }
        return state instanceof Parked
                ? "it goes on with: nightshift resume " + run.id()
                : "watch it with: nightshift status " + run.id();
    }
}
