package dev.nightshift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a careful reader of the plan would remark, where text alone proves it worth a remark. */
final class StepAdvice {

    private StepAdvice() {}

    static List<String> of(Step step, Plan plan) {
        List<String> advice = new ArrayList<>();
        if (step instanceof BackfillStep backfill) {
            leavesWhere(backfill).ifPresent(advice::add);
            proof(backfill, plan).ifPresent(advice::add);
            restored(backfill, plan).ifPresent(advice::add);
        }
        if (step instanceof StatementStep statement && statement.statement().buildsIndexConcurrently()) {
            if (statement.statement().outline().contains("EXISTS")) {
                advice.add("IF NOT EXISTS accepts an invalid index that a failed build left behind.");
            }
        }
        if (step instanceof ExternalStep external) {
            advice.addAll(ExternalSentences.advice(external));
        }
        if (step instanceof TakeDown down) {
            advice.addAll(DowntimeSentences.advice(down, plan));
        }
        if (mayBeCutOff(step, plan)) {
            advice.add("Without `expected: TIME` it begins however little is left of the window, and the window's end"
                    + " cancels it.");
        }
        return advice;
    }

    /** What is short needs no such thing, and an abort step waits for no window. */
    private static boolean mayBeCutOff(Step step, Plan plan) {
        boolean inOnePiece = step.statementClass() == StatementClass.CANCEL_ONLY
                && (step instanceof StatementStep || step instanceof SchemaStep);
        return inOnePiece
                && step.expected().isEmpty()
                && plan.windowSpec().isPresent()
                && plan.steps().contains(step);
    }

    /** A row that stays in the predicate stops the step at its first batch: better read it here. */
    private static Optional<String> leavesWhere(BackfillStep step) {
        boolean unrelated = step.where().isPresent()
                && step.set().keySet().stream()
                        .noneMatch(column -> SqlText.of(step.where().get()).names(column));
        return unrelated
                ? Optional.of("`where` names no column that is set; a row that stays in it stops the step.")
                : Optional.empty();
    }

    /** Counting proves nothing about rows written after the count; a validated constraint does. */
    private static Optional<String> proof(BackfillStep step, Plan plan) {
        boolean proved = plan.steps().stream().skip(plan.steps().indexOf(step)).anyMatch(StepAdvice::mayValidate);
        if (proved || step.where().isEmpty()) {
            return Optional.empty();
        }
        String constraint = new Identifier(step.name().replace('-', '_') + "_done").toString();
        return Optional.of("Nothing proves the end. When every writer fills the column, add ALTER TABLE " + step.table()
                + " ADD CONSTRAINT " + constraint + " CHECK (("
                + StepSentences.oneLine(step.where().get())
                + ") IS NOT TRUE) NOT VALID, then VALIDATE CONSTRAINT.");
    }

    private static Optional<String> restored(BackfillStep step, Plan plan) {
        boolean undone = plan.abort().stream()
                .anyMatch(abort ->
                        abort instanceof RestoreStep restore && restore.undone().equals(step));
        return step.keepOld() && !undone
                ? Optional.of("Keeps old values that no abort step puts back: add restore: {name: " + step.name()
                        + "-back, undoes: " + step.name() + "} under `abort`.")
                : Optional.empty();
    }

    private static boolean mayValidate(Step step) {
        return step instanceof SchemaStep
                || step instanceof ExternalStep
                || (step instanceof StatementStep statement
                        && statement.statement().validatesConstraint());
    }
}
