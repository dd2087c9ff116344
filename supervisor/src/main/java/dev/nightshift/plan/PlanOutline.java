package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan will do, for people and for programs, told from the plan alone: no database is asked.
 *
 * @param title the plan, its hash and its database in one line
 * @param facts what holds for the whole run, in the order in which it is shown
 * @param guards the limits of each guard, the plan's and the defaults together
 * @param abort empty when an abort only stops the work
 */
public record PlanOutline(
        Plan plan,
        String title,
        List<PlanFact> facts,
        List<GuardOutline> guards,
        List<StepOutline> steps,
        List<StepOutline> abort) {

    /** What no plan can change, since permits rest on it. */
    public static final String ALWAYS_GUARDED = "besides, it always holds when no reading came for 5 s, when the"
            + " database's clock jumps, and when another server answers";

    public PlanOutline {
        facts = List.copyOf(facts);
        guards = List.copyOf(guards);
        steps = List.copyOf(steps);
        abort = List.copyOf(abort);
    }

    public static PlanOutline of(Plan plan) {
        DatabaseUrl database = plan.database();
        String hosts = String.join(
                ", ", database.hosts().stream().map(Object::toString).toList());
        String title = plan.name() + " · plan " + plan.hash() + " · " + database.database() + " at " + hosts + " as "
                + database.user();
        return new PlanOutline(
                plan,
                title,
                PlanFacts.of(plan),
                GuardOutline.of(plan.guards()),
                outline(plan.steps(), plan),
                outline(plan.abort(), plan));
    }

    private static List<StepOutline> outline(List<Step> steps, Plan plan) {
        List<StepOutline> outlines = new ArrayList<>();
        for (Step step : steps) {
            outlines.add(new StepOutline(
                    outlines.size() + 1,
                    step.name(),
                    step.kind(),
                    step.statementClass(),
                    StepSentences.of(step),
                    locks(step),
                    StepAdvice.of(step, plan),
                    recipe(step, plan),
                    sql(step)));
        }
        return outlines;
    }

    private static Optional<String> recipe(Step step, Plan plan) {
        return plan.recipes().stream()
                .filter(recipe -> recipe.holds(step))
                .map(Recipe::toString)
                .findFirst();
    }

    private static String sql(Step step) {
        if (step instanceof VerifyStep verify) {
            return verify.sql();
        }
        return step instanceof StatementStep statement ? statement.sql() : "";
    }

    private static List<TableLock> locks(Step step) {
        if (step instanceof CopyStep copy) {
            return List.of(
                    new TableLock("ROW EXCLUSIVE", copy.table().toString()),
                    new TableLock("ROW SHARE", copy.from() + ", and the keys of each batch"));
        }
        if (step instanceof WalkStep walk) {
            return List.of(new TableLock("ROW EXCLUSIVE", walk.table() + ", and the rows of each batch"));
        }
        if (step instanceof VerifyStep) {
            return List.of(new TableLock("ACCESS SHARE", "what it reads"));
        }
        return step instanceof StatementStep statement ? StatementLocks.of(statement.statement()) : List.of();
    }

    /** The same as a tree of maps, lists, strings, numbers and booleans. */
    public Map<String, Object> tree() {
        return OutlineTree.of(this);
    }
}
