package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** What nobody can tell before it runs is looked at by no check, so it is said. */
final class TouchedCheck {

    private TouchedCheck() {}

    static List<Answer> judge(Situation situation) {
        return situation.work().sql().judge(steps -> {
            List<Answer> faults = new ArrayList<>();
            for (StepSql step : steps) {
                if (!step.opaque().isEmpty()) {
                    faults.add(Answer.warn(
                            "step " + step.step() + " may touch tables that no check looks at: "
                                    + String.join("; ", step.opaque()),
                            "see what it does with `nightshift trace` in a scratch database"));
                }
            }
            List<String> tables = situation.tables().stream().map(Table::name).toList();
            return Answer.orPass(faults, tables.isEmpty() ? "none that is there" : String.join(", ", tables));
        });
    }
}
