package dev.nightshift.cli;

import dev.nightshift.run.Freeze;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Freezes;
import dev.nightshift.view.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a change freeze on a database: no run works there until somebody thaws it. */
@Command(
        name = "freeze",
        description = {
            "Put a change freeze on a database: its windows count as closed until somebody thaws it. Needs --reason.",
            "Runs park after their batch in flight, a step that cannot pause is cancelled; abort plans still run."
        })
final class FreezeCommand extends Verb {

    @Mixin
    private final FreezeOptions options = new FreezeOptions();

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            converter = InstantText.class,
            description = "When it ends by itself: 2027-01-03T06:00:00Z, or with another offset. Else a thaw ends it.")
    private @Nullable Instant until;

    @Option(names = "--list", description = "Only say which freezes are on.")
    private boolean list;

    @Mixin
    private final OutputOption output = new OutputOption();

    FreezeCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        Optional<Instant> end = Optional.ofNullable(until);
        if (!list && end.filter(at -> !at.isAfter(Instant.now())).isPresent()) {
            throw Shell.usage("--until " + until + " is over already", "name an instant that is to come, or none");
        }
        Optional<Freezes.Asked> wish = list ? Optional.empty() : Optional.of(options.wish(shell(), "freeze"));
        try (CommandPorts.Access access = options.open(shell())) {
            wish.ifPresent(asked -> access.freezes().freeze(asked, end));
            show(access.freezes().on());
        }
        return ExitCode.OK;
    }

    private void show(List<Freeze> on) {
        if (output.isJson()) {
            shell().data(Json.pretty(Documents.freezes(on)));
            return;
        }
        on.forEach(freeze -> shell().data(freeze.words()));
        shell().say(
                        on.isEmpty()
                                ? "not frozen: runs work in their windows"
                                : "no run works in this database until: nightshift thaw --reason …");
    }
}
