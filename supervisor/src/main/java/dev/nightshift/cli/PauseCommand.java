package dev.nightshift.cli;

import dev.nightshift.run.Intent;
import dev.nightshift.view.StatusView;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;

/** Puts a run on hold until somebody resumes it; works with no supervisor alive. */
@Command(
        name = "pause",
        description = {
            "Put a run on hold until somebody resumes it.",
            "No further batch begins, whether a supervisor is alive or not."
        })
final class PauseCommand extends IntentCommand {

    PauseCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.WRONG_STATE, ExitCode.TRANSIENT, ExitCode.TIMEOUT);
    }

    @Override
    Intent.Kind kind() {
        return Intent.Kind.PAUSE;
    }

    @Override
    Optional<SupervisingOptions> takesOver() {
        return Optional.empty();
    }

    @Override
    String unattended(StatusView view) {
        return "no supervisor is alive: nothing is being written now, and the pause will hold when somebody resumes"
                + " the run";
    }
}
