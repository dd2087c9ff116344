package dev.nightshift.cli;

import dev.nightshift.run.Intent;
import dev.nightshift.view.Beforehand;
import dev.nightshift.view.StatusView;
import picocli.CommandLine.Command;

/** Goes on with a run that failed, from where the journal says it stopped. */
@Command(
        name = "retry",
        description = {
            "Go on with a run that failed, is unclear, or whose abort plan is incomplete.",
            "It passes preflight again and goes on from the journal, with the plan it began with."
        })
final class RetryCommand extends SupervisingCommand {

    RetryCommand(Shell shell) {
        super(shell);
    }

    @Override
    Intent.Kind kind() {
        return Intent.Kind.RETRY;
    }

    @Override
    ExitCode observed(StatusView after) {
        return Beforehand.awaitsRetry(after.run().state()) ? ExitCode.WRONG_STATE : ExitCode.OK;
    }

    @Override
    String takenUpBy() {
        return "retry";
    }
}
