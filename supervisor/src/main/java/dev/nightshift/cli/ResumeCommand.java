package dev.nightshift.cli;

import dev.nightshift.run.Intent;
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
}
