package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** DDL is not replicated logically: a subscriber's apply stops at the first row that does not fit. */
final class PublicationsCheck {

    private PublicationsCheck() {}

    static List<Answer> judge(Situation situation) {
        List<Answer> faults = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Table table : situation.tables()) {
            String names = String.join(", ", table.details().publications());
            if (names.isEmpty()) {
                continue;
            }
            if (table.details().wholeOldRows() && situation.work().backfilled().contains(table.name())) {
                faults.add(Answer.warn(
                        "each updated row of " + table.name() + " carries the whole old row to " + names
                                + " (REPLICA IDENTITY FULL)",
                        "expect twice the WAL and a slow subscriber, or give it a key: ALTER TABLE " + table.name()
                                + " REPLICA IDENTITY DEFAULT"));
            }
            seen.add(table.name() + " is published by " + names);
            if (situation.work().schemaStep() || situation.work().redefined().contains(table.name())) {
                faults.add(Answer.warn(
                        table.name() + " is published by " + names + ", and a step may redefine it",
                        "bring the change to every subscriber first"));
            }
        }
        return Answer.orPass(faults, seen.isEmpty() ? "no touched table is published" : String.join("; ", seen));
    }
}
