package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Activity.Vacuum;
import java.util.ArrayList;
import java.util.List;

/** A vacuum gives way to DDL unless it prevents a wraparound: that one never does. */
final class VacuumCheck {

    private VacuumCheck() {}

    static List<Answer> judge(Situation situation) {
        return situation.activity().vacuums().judge(vacuums -> {
            List<Answer> faults = new ArrayList<>();
            for (Vacuum vacuum : vacuums) {
                String seen = vacuum.who() + " vacuums " + vacuum.table();
                faults.add(
                        vacuum.preventsWraparound()
                                ? Answer.fail(seen + " to prevent wraparound", "let it end; it must not be cancelled")
                                : Answer.warn(seen, "better let it end first"));
            }
            return Answer.orPass(faults, "no touched table is being vacuumed");
        });
    }
}
