package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** What a constraint promises holds for old rows only once it was validated. */
final class UnvalidatedCheck {

    private UnvalidatedCheck() {}

    static List<Answer> judge(Situation situation) {
        PlannedWork work = situation.work();
        List<Answer> faults = new ArrayList<>();
        for (Table table : situation.tables()) {
            boolean relies = work.reliesOnProof() && work.redefined().contains(table.name());
            for (String constraint : table.details().unvalidated()) {
                if (!work.proved().contains(constraint)) {
                    String seen = "constraint " + constraint + " of " + table.name() + " was never validated";
                    String remedy = "ALTER TABLE " + table.name() + " VALIDATE CONSTRAINT " + constraint;
                    faults.add(
                            relies
                                    ? Answer.fail(seen + ", and a step may rely on it", remedy)
                                    : Answer.warn(seen, remedy));
                }
            }
        }
        return Answer.orPass(faults, "every constraint of the touched tables is proved, or a step proves it");
    }
}
