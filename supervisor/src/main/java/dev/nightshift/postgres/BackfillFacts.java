package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the catalog says about a backfill step, before anything is written.
 *
 * @param shape present when there are no problems
 * @param problems each one reason why the step cannot work
 * @param findings worth a look, and no reason to stop
 * @param rows that the planner expects the step to change
 */
public record BackfillFacts(
        Optional<TableShape> shape, List<Explanation> problems, List<String> findings, OptionalLong rows) {

    public BackfillFacts {
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
    }

    /** @throws Permanent with the first problem */
    TableShape usable() {
        if (!problems.isEmpty()) {
            throw new Permanent(problems.get(0));
        }
        return shape.orElseThrow();
    }

    static Explanation problem(BackfillStep step, String what, String todo) {
        return new Explanation(
                what, "preparing backfill " + step.name() + " of " + step.table(), Explanation.NOTHING_CHANGED, todo);
    }

    /** Rows that the topmost node of a plan in JSON is expected to give. */
    static OptionalLong plannedRows(JsonArray explained) {
        JsonObject plan = explained.getJsonObject(0).getJsonObject("Plan");
        Double rows = plan.getDouble("Plan Rows");
        return rows == null ? OptionalLong.empty() : OptionalLong.of(rows.longValue());
    }
}
