package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.util.List;
import java.util.Optional;

/**
 * What the catalog says about a backfill step, before anything is written.
 *
 * @param shape present when there are no problems
 * @param problems each one reason why the step cannot work
 */
public record BackfillFacts(Optional<TableShape> shape, List<Explanation> problems) {

    public BackfillFacts {
        problems = List.copyOf(problems);
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
}
