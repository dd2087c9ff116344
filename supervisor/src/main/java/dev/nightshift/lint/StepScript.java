package dev.nightshift.lint;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.plan.SqlPlaces;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.plan.WalkStep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SQL of a plan's steps, one after the other, as one script: what an earlier one proves, a later one may rest on.
 */
final class StepScript {

    private final String file;
    private final SqlPlaces places;
    private final StringBuilder text = new StringBuilder();
    private final TreeMap<Integer, Part> byFirstLine = new TreeMap<>();
    private int lines = 1;
    private int undoesFrom = Integer.MAX_VALUE;

    /** @param head how many characters stand before what the plan says */
    private record Part(String key, int head) {}

    private StepScript(String file, SqlPlaces places) {
        this.file = file;
        this.places = places;
    }

    /** Statements, and the questions of verify steps. */
    static StepScript statements(String file, SqlPlaces places, List<Step> steps) {
        StepScript script = new StepScript(file, places);
        steps.forEach(script::add);
        return script;
    }

    /** Followed by the statements of the steps that undo all of it. */
    StepScript undoneBy(List<Step> abort) {
        undoesFrom = text.length();
        abort.forEach(this::add);
        return this;
    }

    private void add(Step step) {
        if (step instanceof StatementStep statement) {
            add(step.name(), "", statement.sql());
        } else if (step instanceof VerifyStep verify) {
            add(step.name(), "", verify.sql());
        }
    }

    static StepScript verifies(String file, SqlPlaces places, List<Step> steps) {
        return statements(
                file,
                places,
                steps.stream().filter(VerifyStep.class::isInstance).toList());
    }

    /** The expressions of backfills, deletes and copies, each as a query. */
    static StepScript backfills(String file, SqlPlaces places, List<Step> steps) {
        StepScript script = new StepScript(file, places);
        for (Step step : steps) {
            if (step instanceof WalkStep walk) {
                int number = 0;
                for (String value : walk.set().values()) {
                    script.add(SqlPlaces.set(step.name(), number++), "SELECT ", value);
                }
                walk.where().ifPresent(where -> script.add(SqlPlaces.where(step.name()), "SELECT WHERE ", where));
            }
        }
        return script;
    }

    /** With the comments around it, if the plan has them: one may be a waiver. */
    private void add(String key, String head, String sql) {
        String written = head + places.written(key).orElse(sql);
        byFirstLine.put(lines, new Part(key, head.length()));
        text.append(written).append("\n;\n");
        lines += (int) written.chars().filter(c -> c == '\n').count() + 2;
    }

    boolean isEmpty() {
        return byFirstLine.isEmpty();
    }

    /** Each statement commits by itself. */
    Script script() {
        return Script.of(file, text.toString()).inTransaction(false).undoesFrom(undoesFrom);
    }

    /** The same finding at its place in the plan. */
    LintFinding inPlan(LintFinding finding) {
        Map.Entry<Integer, Part> part = byFirstLine.floorEntry(finding.line());
        if (part == null) {
            return finding;
        }
        int line = finding.line() - part.getKey() + 1;
        int head = line == 1 ? part.getValue().head() : 0;
        SqlPlaces.Place place =
                places.of(part.getValue().key(), new SqlPlaces.Place(line, Math.max(1, finding.column() - head)));
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
