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

/** Lets a paused run go on, and supervises it here when nobody else does. */
@Command(
        name = "resume",
        description = {
            "Let a paused run go on.",
            "If no supervisor is alive, this command supervises the run in the foreground."
        })
final class ResumeCommand extends IntentCommand {

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    ResumeCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return EnumSet.range(ExitCode.OK, ExitCode.TERMINATED);
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

    @Override
    Optional<MetricsOptions> takesOver() {
        return Optional.of(metrics);
    }

    @Override
    String unattended(StatusView view) {
        return "written down; no supervisor is alive, so nothing happens until: nightshift resume "
                + view.run().id();
    }
}
