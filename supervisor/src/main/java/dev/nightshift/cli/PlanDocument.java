package dev.nightshift.cli;

import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanProblem;
import dev.nightshift.plan.Step;
import java.util.LinkedHashMap;
import java.util.Map;

/** A plan, and what is wrong with one, as {@code check -o json} prints it. */
final class PlanDocument {

    private PlanDocument() {}

    static Map<String, Object> of(Plan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", plan.name());
        fields.put("hash", plan.hash().hex());
        fields.put("database", plan.database().database());
        fields.put("steps", plan.steps().stream().map(PlanDocument::step).toList());
        fields.put("abort", plan.abort().stream().map(PlanDocument::step).toList());
        return fields;
    }

    static Map<String, Object> problem(PlanProblem problem) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", problem.file());
        fields.put("line", problem.line());
        fields.put("column", problem.column());
        fields.put("path", problem.path());
        fields.put("message", problem.message());
        return fields;
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", step.name());
        fields.put("kind", step.kind());
        fields.put("class", step.statementClass().toString());
        fields.put("does", PlanText.does(step));
        return fields;
    }
}
