package dev.nightshift.cli;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Unclear;
import dev.nightshift.view.StatusView;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a run that failed, from where the journal says it stopped. */
@Command(
        name = "retry",
        description = {
            "Go on with a run that failed, is unclear, or whose abort plan is incomplete.",
            "It passes preflight again and goes on from the journal, with the plan it began with."
        })
final class RetryCommand extends IntentCommand {

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    RetryCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return EnumSet.range(ExitCode.OK, ExitCode.TERMINATED);
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
    Optional<MetricsOptions> takesOver() {
        return Optional.of(metrics);
    }

    @Override
    String unattended(StatusView view) {
        return "written down; no supervisor is alive, so nothing happens until: nightshift retry "
                + view.run().id();
    }

    private static boolean waits(RunState state) {
        return state instanceof Failed || state instanceof Unclear || state instanceof AbortIncomplete;
    }
}
