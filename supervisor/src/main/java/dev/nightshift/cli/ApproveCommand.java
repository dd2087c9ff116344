package dev.nightshift.cli;

import dev.nightshift.run.Intent;
import dev.nightshift.run.StepRecord;
import dev.nightshift.view.StatusView;
import java.util.Optional;
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

    @Override
    Optional<ExitCode> beforehand(StatusView view) {
        boolean asks = view.steps().stream().anyMatch(step -> step.state() == StepRecord.State.ASKING);
        if (!asks || view.run().state().isEnd()) {
            throw wrongState(view, "approving a step of it", "nothing: no step of run RUN asks for approval");
        }
        return Optional.empty();
    }
}
