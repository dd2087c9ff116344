package dev.nightshift.cli;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Unclear;
import dev.nightshift.view.StatusView;
import java.util.Optional;
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
    Optional<ExitCode> beforehand(StatusView view) {
        if (!waits(view.run().state())) {
            throw wrongState(
                    view, "retrying it", "nothing: only failed, unclear and abort-incomplete runs are retried");
        }
        return Optional.empty();
    }

    @Override
    ExitCode observed(StatusView after) {
        return waits(after.run().state()) ? ExitCode.WRONG_STATE : ExitCode.OK;
    }

    @Override
    String takenUpBy() {
        return "retry";
    }

    private static boolean waits(RunState state) {
        return state instanceof Failed || state instanceof Unclear || state instanceof AbortIncomplete;
    }
}
