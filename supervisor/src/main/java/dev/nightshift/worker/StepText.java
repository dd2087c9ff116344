package dev.nightshift.worker;

import dev.nightshift.plan.CopyStep;
import dev.nightshift.plan.DeleteStep;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.RestoreStep;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.plan.WalkStep;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** A step as a person would carry it out by hand. */
final class StepText {

    private StepText() {}

    static String of(Step step) {
        if (step instanceof StatementStep statement) {
            return statement.sql() + ";";
        } else if (step instanceof VerifyStep verify) {
            return verify.sql() + ";";
        } else if (step instanceof WalkStep walk) {
            return of(walk) + walk.where().map(where -> " WHERE " + where).orElse("") + ";";
        }
        if (step instanceof ExternalStep external) {
            return external.tool().toString();
        }
        return "the " + step.kind() + " step";
    }

    private static String of(WalkStep step) {
        if (step instanceof DeleteStep) {
            return "DELETE FROM " + step.table();
        }
        if (step instanceof CopyStep) {
            return "INSERT INTO " + step.table() + " (" + columns(step, (column, value) -> column) + ") SELECT "
                    + String.join(", ", step.set().values()) + " FROM " + step.walked();
        }
        String update =
                "UPDATE " + step.table() + " SET " + columns(step, (column, value) -> column + " = (" + value + ")");
        return step instanceof RestoreStep restore ? update + restored(restore) : update;
    }

    /** What is still ours; the rows themselves are told apart by the key of both tables. */
    private static String restored(RestoreStep step) {
        String written = step.kept().written().entrySet().stream()
                .map(e -> step.table() + "." + new Identifier(e.getKey()) + " IS NOT DISTINCT FROM " + step.walked()
                        + "." + new Identifier(e.getValue()))
                .collect(Collectors.joining(" AND "));
        return " FROM " + step.walked() + " WHERE " + written + " AND /* the key of both */";
    }

    private static String columns(WalkStep step, BinaryOperator<String> each) {
        return step.set().entrySet().stream()
                .map(e -> each.apply(new Identifier(e.getKey()).toString(), e.getValue()))
                .collect(Collectors.joining(", "));
    }
}
