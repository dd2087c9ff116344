package dev.nightshift.worker;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.Identifier;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import java.util.stream.Collectors;

/** A step as a person would carry it out by hand. */
final class StepText {

    private StepText() {}

    static String of(Step step) {
        if (step instanceof StatementStep statement) {
            return statement.sql() + ";";
        } else if (step instanceof VerifyStep verify) {
            return verify.sql() + ";";
        } else if (step instanceof BackfillStep backfill) {
            String set = backfill.set().entrySet().stream()
                    .map(e -> new Identifier(e.getKey()) + " = (" + e.getValue() + ")")
                    .collect(Collectors.joining(", "));
            return "UPDATE " + backfill.table() + " SET " + set
                    + backfill.where().map(where -> " WHERE " + where).orElse("") + ";";
        }
        return "the " + step.kind() + " step";
    }
}
