package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** What fires for each row costs each row; a backfill is refused without the plan's consent, so it is told here. */
final class TriggersCheck {

    private TriggersCheck() {}

    static List<Answer> judge(Situation situation) {
        List<Answer> faults = new ArrayList<>();
        for (Table table : situation.tables()) {
            if (!table.details().triggers().isEmpty()) {
                faults.add(Answer.warn(
                        "an update of " + table.name() + " may fire "
                                + String.join(", ", table.details().triggers()),
                        "see that they are cheap and may run once more for every row"));
            }
        }
        if (situation.work().changesDefinitions()
                && !situation.server().eventTriggers().isEmpty()) {
            faults.add(Answer.warn(
                    "DDL fires event triggers "
                            + String.join(", ", situation.server().eventTriggers()),
                    "see that they let the steps pass"));
        }
        return Answer.orPass(faults, "none that a step fires");
    }
}
