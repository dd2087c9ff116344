package dev.nightshift.cli;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Level;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Unit;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists every guard with what it watches and its default limits. */
@Command(name = "list", description = "List every guard: what it watches, and its default limits.")
final class GuardsListCommand extends Verb {

    private static final int INDENT = 4;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            converter = Output.TextOrJson.class,
            description = "How it is printed (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TEXT;

    GuardsListCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        if (output == Output.JSON) {
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
        return ExitCode.OK;
    }

    private static String limits(GuardKind guard) {
        List<String> limits = new ArrayList<>();
        for (Level level : Level.values()) {
            guard.defaults().at(level).ifPresent(limit -> limits.add(word(level) + " " + text(guard, limit)));
        }
        if (guard.isProbe()) {
            return "limits as a plan says; needs a question";
        }
        boolean fixed = !GuardKind.ofPlans().contains(guard);
        return String.join(", ", limits) + (fixed ? "; no plan changes that" : "");
    }

    private static String text(GuardKind guard, Limit limit) {
        String lasting = limit.lasting().isZero() ? "" : " for " + Unit.text(limit.lasting());
        boolean atOnce = guard.unit() == Unit.DURATION && limit.value() == 0;
        String least = limit.comparison().fallsBad() ? "at most " : "";
        return (atOnce ? "at once" : least + guard.unit().text(limit.value())) + lasting;
    }

    private static Map<String, Object> tree(GuardKind guard) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("guard", guard.key());
        tree.put("id", guard.id());
        tree.put("watches", guard.watches());
        tree.put("unit", guard.unit().name().toLowerCase(Locale.ROOT));
        tree.put("inPlans", GuardKind.ofPlans().contains(guard));
        for (Level level : Level.values()) {
            tree.put(word(level), guard.defaults().at(level).map(GuardsListCommand::limit));
        }
        return tree;
    }

    private static Map<String, Object> limit(Limit limit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("value", limit.value());
        tree.put("lasting", limit.lasting());
        return tree;
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
