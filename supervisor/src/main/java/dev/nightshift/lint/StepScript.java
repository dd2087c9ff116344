package dev.nightshift.lint;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.plan.SqlPlaces;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The statement steps of a plan, one after the other, as one script: what an earlier one proves, a later one may rest
 * on.
 */
final class StepScript {

    private final String file;
    private final SqlPlaces places;
    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Integer, StatementStep> byFirstLine = new TreeMap<>();

    StepScript(String file, SqlPlaces places, List<Step> steps) {
        this.file = file;
        this.places = places;
        int line = 1;
        for (StatementStep step : statements(steps).toList()) {
            // With the comments around the statement: one may be a waiver.
            String sql = places.written(step.name()).orElse(step.sql());
            byFirstLine.put(line, step);
            text.append(sql).append("\n;\n");
            line += (int) sql.chars().filter(c -> c == '\n').count() + 2;
        }
    }

    private static Stream<StatementStep> statements(List<Step> steps) {
        return steps.stream().filter(StatementStep.class::isInstance).map(StatementStep.class::cast);
    }

    boolean isEmpty() {
        return byFirstLine.isEmpty();
    }

    /** Each statement commits by itself. */
    Script script() {
        return Script.of(file, text.toString()).inTransaction(false);
    }

    /** The same finding at its place in the plan. */
    LintFinding inPlan(LintFinding finding) {
        Map.Entry<Integer, StatementStep> step = byFirstLine.floorEntry(finding.line());
        if (step == null) {
            return finding;
        }
        SqlPlaces.Place place = places.of(
                step.getValue().name(), new SqlPlaces.Place(finding.line() - step.getKey() + 1, finding.column()));
        return new LintFinding(
                finding.rule(),
                finding.severity(),
                file,
                place.line(),
                place.column(),
                finding.statement(),
                finding.relation(),
                finding.lock(),
                finding.message(),
                finding.instead(),
                finding.waived(),
                finding.reason());
    }
}
