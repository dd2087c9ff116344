package dev.nightshift.cli;

import dev.nightshift.cli.screen.GuardLimits;
import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.view.GuardDocuments;
import dev.nightshift.view.Json;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists every guard with what it watches and its default limits. */
@Command(name = "list", description = "List every guard: what it watches, and its default limits.")
final class GuardsListCommand extends Verb {

    private static final int INDENT = 4;

    /** What people look for in such a list, and where it is instead. */
    private static final List<String> ELSEWHERE = List.of(
            "the time of a batch: the size of batches follows it, so it has no limit here",
            "the end of the window: it parks the run",
            "another machine's disk, and how fast the application answers: ask with prometheus",
            "standbys behind a standby: `replicas: {cascaded: …, urls: …}`, then as any other replica");

    @Mixin
    private final OutputOption output = new OutputOption();

    GuardsListCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        if (output.isJson()) {
            shell().data(Json.pretty(GuardDocuments.list()));
            return ExitCode.OK;
        }
        for (GuardKind guard : GuardKind.values()) {
            shell().data(Line.of(Style.BOLD, guard.key()).plus(Style.DIM, "  " + guard.id()));
            shell().data(" ".repeat(INDENT) + guard.watches());
            shell().data(" ".repeat(INDENT) + limits(guard));
        }
        shell().data(Line.of(Style.BOLD, "no guard of their own"));
        ELSEWHERE.forEach(line -> shell().data(" ".repeat(INDENT) + line));
        return ExitCode.OK;
    }

    private static String limits(GuardKind guard) {
        if (guard.isProbe()) {
            return "limits as a plan says; needs a question";
        }
        boolean fixed = !GuardKind.ofPlans().contains(guard);
        String shared = guard.isShared() ? ", once three holds have shown it is ours" : "";
        return GuardLimits.text(guard, guard.defaults()) + shared + (fixed ? "; no plan changes that" : "");
    }
}
