package dev.nightshift.postgres;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.util.List;
import java.util.Optional;

/**
 * What the catalog says about a step that walks, before anything is written.
 *
 * @param shape present when there are no problems
 * @param problems each one reason why the step cannot work
 */
public record WalkFacts(Optional<TableShape> shape, List<Explanation> problems) {

    public WalkFacts {
        problems = List.copyOf(problems);
    }

    /** @throws Permanent with the first problem */
    TableShape usable() {
        if (!problems.isEmpty()) {
            throw new Permanent(problems.get(0));
        }
        return shape.orElseThrow();
    }

    static Explanation problem(WalkStep step, String what, String todo) {
        return new Explanation(
                what,
                "preparing " + step.kind() + " " + step.name() + " of " + step.walked(),
                Explanation.NOTHING_CHANGED,
                todo);
    }
}
