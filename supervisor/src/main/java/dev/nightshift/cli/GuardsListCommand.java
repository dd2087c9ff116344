package dev.nightshift.cli;

import dev.nightshift.cli.screen.GuardLimits;
import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.view.Documents;
import dev.nightshift.view.GuardDocuments;
import dev.nightshift.view.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            Map<String, Object> document = Documents.of("GuardList");
            document.put(
                    "guards",
                    List.of(GuardKind.values()).stream()
                            .map(GuardsListCommand::tree)
                            .toList());
            shell().data(Json.pretty(document));
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

    private static Map<String, Object> tree(GuardKind guard) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("guard", guard.key());
        tree.put("id", guard.id());
        tree.put("watches", guard.watches());
        tree.put("unit", guard.unit().name().toLowerCase(Locale.ROOT));
        tree.put("inPlans", GuardKind.ofPlans().contains(guard));
        for (Level level : Level.values()) {
            tree.put(word(level), guard.defaults().at(level).map(GuardDocuments::limit));
        }
        return tree;
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
