package dev.nightshift.cli;

import dev.nightshift.cli.screen.OutlineLines;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanOutline;
import dev.nightshift.plan.PlanProblem;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a plan without touching any database, and says what it would do or everything that is wrong with it. */
@Command(name = "check", description = "Read a plan and say what it would do; touches no database.")
final class CheckCommand extends Verb {

    @Parameters(paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            converter = Output.TextOrJson.class,
            description = "How it is printed (default: ${DEFAULT-VALUE}).")
    private Output output = Output.TEXT;

    CheckCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        PlanFile file = PlanFile.read(plan, shell().database());
        if (output == Output.JSON) {
            shell().data(Json.pretty(document(file)));
        } else {
            file.problems().forEach(problem -> shell().data(problem.toString()));
            file.plan().ifPresent(this::show);
        }
        if (!file.problems().isEmpty()) {
            shell().say(file.verdict());
            return ExitCode.USAGE;
        }
        return ExitCode.OK;
    }

    private void show(Plan whole) {
        OutlineLines.of(PlanOutline.of(whole), shell().columns()).forEach(shell()::data);
    }

    private static Map<String, Object> document(PlanFile file) {
        Map<String, Object> document = Documents.of("PlanCheck");
        document.put("file", file.file().toString());
        document.put(
                "problems", file.problems().stream().map(CheckCommand::problem).toList());
        document.put("plan", file.plan().map(plan -> PlanOutline.of(plan).tree()));
        return document;
    }

    private static Map<String, Object> problem(PlanProblem problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", problem.file());
        fields.put("line", problem.line());
        fields.put("column", problem.column());
        fields.put("path", problem.path());
        fields.put("message", problem.message());
        return fields;
    }
}
