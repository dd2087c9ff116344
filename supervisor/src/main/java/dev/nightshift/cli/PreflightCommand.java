package dev.nightshift.cli;

import dev.nightshift.cli.screen.PreflightLines;
import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.preflight.WalForecast;
import dev.nightshift.plan.Plan;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says whether a plan could start on its database now, with everything that was looked at. */
@Command(
        name = "preflight",
        description = {
            "Look whether a plan can start on its database now; changes nothing there.",
            "A run makes the same checks first. A check that cannot be made counts as failed, unless the plan waives it."
        })
final class PreflightCommand extends Verb {

    @Parameters(paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Mixin
    private final OutputOption output = new OutputOption();

    PreflightCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        PlanFile file = PlanFile.read(plan, shell().database());
        if (file.plan().isEmpty()) {
            file.problems().forEach(problem -> shell().say(problem.toString()));
            shell().say(file.verdict());
            return ExitCode.USAGE;
        }
        Plan whole = file.plan().get();
        PreflightReport report = shell().ports().planCheck().look(whole);
        if (output.isJson()) {
            shell().data(Json.pretty(document(whole, report)));
        } else {
            PreflightLines.of(whole, report, shell().columns()).forEach(shell()::data);
        }
        return report.refused() ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static Map<String, Object> document(Plan plan, PreflightReport report) {
        Map<String, Object> document = Documents.of("PreflightReport");
        document.put("plan", plan.name());
        document.put("planHash", plan.hash().hex());
        document.put("database", plan.database().toString());
        document.put("passed", !report.refused());
        document.put(
                "checks", report.results().stream().map(PreflightCommand::check).toList());
        document.put(
                "forecasts",
                report.forecasts().stream().map(PreflightCommand::forecast).toList());
        return document;
    }

    private static Map<String, Object> check(CheckResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", result.check().id());
        fields.put("outcome", result.outcome().word());
        fields.put("looksAt", result.check().looksAt());
        fields.put("seen", result.seen());
        fields.put("remedy", result.remedy());
        fields.put("waived", result.waived());
        fields.put("stops", result.stops());
        return fields;
    }

    private static Map<String, Object> forecast(WalForecast forecast) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", forecast.step());
        fields.put("table", forecast.table());
        fields.put("rows", Math.round(forecast.rows()));
        fields.put("walBytes", Math.round(forecast.walBytes()));
        fields.put("growthBytes", Math.round(forecast.growthBytes()));
        fields.put("basis", forecast.basis().name().toLowerCase(Locale.ROOT));
        return fields;
    }
}
