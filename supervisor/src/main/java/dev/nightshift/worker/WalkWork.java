package dev.nightshift.worker;

import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.StepRecord;
import dev.nightshift.worker.Walks.Position;
import dev.nightshift.worker.Walks.Walk;

/** Walks through a table: passes of batches, and sweeps until no row is left that matches. */
final class WalkWork implements StepWork<WalkStep> {

    static final int MOST_SWEEPS = 3;

    private final Walks walks;

    WalkWork(Walks walks) {
        this.walks = walks;
    }

    @Override
    public StepOutcome carryOut(WalkStep step, StepRecord record, Workplace place) {
        place.awaitPermit("walk through " + step.walked());
        try (Walk walk = walks.open(step, record.ordinal(), place.attempt())) {
            if (record.rowsTotal().isEmpty()) {
                walk.estimate().ifPresent(rows -> place.journal().expect(record.ordinal(), rows));
            }
            BatchLoop batches = new BatchLoop(step, walk, place);
            Position position = walk.position();
            while (true) {
                BatchLoop.Pass pass = batches.pass(position);
                if (pass.leftMatching() > 0) {
                    return staysInWhere(step, pass);
                }
                position = pass.end();
                Next next = afterPass(step, walk, batches, position, place);
                if (next.outcome() != null) {
                    return next.outcome();
                }
                position = next.position();
            }
        }
    }

    private record Next(
            Position position,
            @org.jspecify.annotations.Nullable StepOutcome outcome) {}

    /** A pass without `where` has seen every row there was; one with it may have missed what others wrote meanwhile. */
    private Next afterPass(WalkStep step, Walk walk, BatchLoop batches, Position position, Workplace place) {
        if (!step.leaves()) {
            return new Next(position, finished(step, walk, place));
        }
        batches.tidy();
        place.awaitPermit("count what is left");
        place.pulse().now("counts the rows of " + step.walked() + " that are left");
        long left = walk.countMatching();
        if (left == 0) {
            return new Next(position, finished(step, walk, place));
        }
        boolean noFewer = position.sweep() > 0 && left >= position.found();
        if (noFewer || position.sweep() == MOST_SWEEPS) {
            Position again = walk.startSweep(position, 0, 0);
            return new Next(
                    again,
                    new StepOutcome.Asks("something still writes rows that match `where` of step "
                            + step.name() + ": " + left + " now, " + position.found()
                            + " before the last of " + position.sweep() + " sweeps; stop it, then approve"));
        }
        return new Next(walk.startSweep(position, position.sweep() + 1, left), null);
    }

    private static StepOutcome finished(WalkStep step, Walk walk, Workplace place) {
        place.awaitPermit("analyze " + step.table());
        place.pulse().now("analyzes " + step.table());
        return new StepOutcome.Done(walk.analyze());
    }

    private static StepOutcome staysInWhere(WalkStep step, BatchLoop.Pass pass) {
        String column = step.set().keySet().iterator().next();
        return StepOutcome.Failed.step(new Explanation(
                "set leaves the row in where: " + pass.leftMatching() + " of " + pass.changed()
                        + " rows of a batch still match it, such as the one with key " + pass.example(),
                "updating " + step.table() + " where " + step.where().orElse("true"),
                "that batch is committed, nothing after it",
                "add … IS NOT NULL for what the expression of " + column
                        + " needs, or look for a trigger that sets it back"));
    }
}
