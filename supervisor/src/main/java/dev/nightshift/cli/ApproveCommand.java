package dev.nightshift.cli;

import dev.nightshift.run.Intent;
import picocli.CommandLine.Command;

/** Lets a step go on that waits for a person. */
@Command(name = "approve", description = "Let a step go on that waits for a person. Needs --reason.")
final class ApproveCommand extends SupervisingCommand {

    ApproveCommand(Shell shell) {
        super(shell);
    }

    @Override
    Intent.Kind kind() {
        return Intent.Kind.APPROVE;
    }

    @Override
    boolean needsReason() {
        return true;
    }
}
