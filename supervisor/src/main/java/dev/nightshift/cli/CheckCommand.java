package dev.nightshift.cli;

import dev.nightshift.cli.findings.LintDocument;
import dev.nightshift.cli.findings.LintLines;
import dev.nightshift.cli.findings.Tally;
import dev.nightshift.cli.screen.OutlineLines;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.lint.Linted;
import dev.nightshift.lint.PlanLint;
import dev.nightshift.lint.Unreadable;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanOutline;
import dev.nightshift.plan.PlanProblem;
import dev.nightshift.run.Trouble;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads a plan, with a database only where one is named, and says what it would do and everything that is wrong with it. */
@Command(
        name = "check",
        description = {
            "Read a plan and say what it would do and what its SQL would hurt.",
            "With --database the catalog of that database proves what text alone cannot; without, none is touched."
        })
final class CheckCommand extends Verb {

    @Parameters(paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Mixin
    private final OutputOption output = new OutputOption();

    CheckCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED);
    }

    @Override
    ExitCode carryOut() {
        PlanFile file = PlanFile.read(plan, shell().database());
        List<Linted> found = file.plan().map(this::lint).orElse(List.of());
        if (output.isJson()) {
            shell().data(Json.pretty(document(file, found)));
        } else {
            file.problems().forEach(problem -> shell().data(problem.toString()));
            file.plan().ifPresent(this::show);
            show(found);
        }
        if (!file.problems().isEmpty()) {
            shell().say(file.verdict());
            return ExitCode.USAGE;
        }
        return found.stream().anyMatch(Linted::blocks) ? ExitCode.REFUSED : ExitCode.OK;
    }

    /** Without a database what only its catalog can prove counts as not proven. */
    private List<Linted> lint(Plan whole) {
        Optional<DatabaseUrl> url = shell().database();
        if (url.isEmpty()) {
            return lint(whole, Catalog.unknown(), Set.of());
        }
        CommandPorts.OpenCatalog catalog;
        try {
            catalog = shell().ports().catalog(url.get());
        } catch (Trouble e) {
            shell().say("without the database's catalog, which proves more: "
                    + e.explanation().what());
            return lint(whole, Catalog.unknown(), Set.of());
        }
        try (catalog) {
            return lint(whole, catalog, catalog.appliedMigrations());
        }
    }

    private List<Linted> lint(Plan whole, Catalog catalog, Set<String> applied) {
        try {
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            boolean connected = shell().database().isPresent();
            return new PlanLint(whole, plan.toString(), today, catalog)
                    .asking(shell().ports().scripts(whole.database(), connected))
                    .findings(applied);
        } catch (Unreadable e) {
            throw Refusal.usage(e.inPlan());
        }
    }

    private void show(List<Linted> found) {
        if (!found.isEmpty()) {
            shell().data("");
            LintLines.of(found).forEach(shell()::data);
            shell().data(LintLines.summary(Tally.of(found)));
        }
    }

    private void show(Plan whole) {
        OutlineLines.of(PlanOutline.of(whole), shell().columns()).forEach(shell()::data);
    }

    private static Map<String, Object> document(PlanFile file, List<Linted> found) {
        Map<String, Object> document = Documents.of("PlanCheck");
        document.put("file", file.file().toString());
        document.put(
                "problems", file.problems().stream().map(CheckCommand::problem).toList());
        document.put("findings", LintDocument.findings(found));
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
