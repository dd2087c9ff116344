package dev.nightshift.cli;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Unclear;
import dev.nightshift.view.StatusView;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Lets a paused run go on, and supervises it here when nobody else does. */
@Command(
        name = "resume",
        description = {
            "Let a paused run go on.",
            "If no supervisor is alive, this command supervises the run in the foreground."
        })
final class ResumeCommand extends SupervisingCommand {

    ResumeCommand(Shell shell) {
        super(shell);
    }

    @Override
    Intent.Kind kind() {
        return Intent.Kind.RESUME;
    }

    @Override
    Optional<ExitCode> beforehand(StatusView view) {
        RunState state = view.run().state();
        if (state instanceof Failed || state instanceof AbortIncomplete || state instanceof Unclear) {
            throw wrongState(view, "resuming it", "look at it, then: nightshift retry RUN");
        }
        if (state.isEnd()) {
            throw wrongState(view, "resuming it", "nothing: the run is over");
        }
        return Optional.empty();
    }
}
