package dev.nightshift.worker;

import dev.nightshift.plan.CopyStep;
import dev.nightshift.plan.DeleteStep;
import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.plan.WalkStep;
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
        return "the " + step.kind() + " step";
    }

    private static String of(WalkStep step) {
        if (step instanceof DeleteStep) {
            return "DELETE FROM " + step.table();
        }
        if (step instanceof CopyStep) {
            return "INSERT INTO " + step.table() + " (" + columns(step, "") + ") SELECT "
                    + String.join(", ", step.set().values()) + " FROM " + step.walked();
        }
        return "UPDATE " + step.table() + " SET " + columns(step, " = ");
    }

    private static String columns(WalkStep step, String to) {
        return step.set().entrySet().stream()
                .map(e -> new Identifier(e.getKey()) + (to.isEmpty() ? "" : to + "(" + e.getValue() + ")"))
                .collect(Collectors.joining(", "));
    }
}
