package dev.nightshift.cli;

import dev.nightshift.run.Freeze;
import dev.nightshift.view.Freezes;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends every change freeze of a database. */
@Command(
        name = "thaw",
        description = {
            "End every change freeze of a database. Needs --reason.",
            "Runs that a freeze parked go on by themselves in their windows, where somebody supervises them."
        })
final class ThawCommand extends Verb {

    @Mixin
    private final FreezeOptions options = new FreezeOptions();

    ThawCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        Freezes.Asked wish = options.wish(shell(), "thaw");
        try (CommandPorts.Access access = options.open(shell())) {
            List<Freeze> on = access.freezes().on();
            long ended = access.freezes().thaw(wish);
            on.forEach(freeze -> shell().say("was " + freeze.words()));
            shell().data(ended == 0 ? "it was not frozen" : "thawed; runs work in their windows again");
        }
        return ExitCode.OK;
    }
}
