package dev.nightshift.cli;

import dev.nightshift.view.StatusView;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** A command that supervises its run here when nobody else does, and so may end as any run ends. */
abstract class SupervisingCommand extends IntentCommand {

    @Mixin
    private final SupervisingOptions metrics = new SupervisingOptions();

    SupervisingCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return EnumSet.range(ExitCode.OK, ExitCode.TERMINATED);
    }

    @Override
    Optional<SupervisingOptions> takesOver() {
        return Optional.of(metrics);
    }

    @Override
    String unattended(StatusView view) {
        return "written down; no supervisor is alive, so nothing happens until: nightshift " + takenUpBy() + " "
                + view.run().id();
    }

    /** The command by which somebody takes the run up who did not want to wait now. */
    String takenUpBy() {
        return "resume";
    }
}
