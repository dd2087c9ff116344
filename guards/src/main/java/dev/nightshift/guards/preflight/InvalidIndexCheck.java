package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** An invalid index costs every write and serves no query; one that the plan builds itself it also clears away. */
final class InvalidIndexCheck {

    private InvalidIndexCheck() {}

    static List<Answer> judge(Situation situation) {
        List<Answer> faults = new ArrayList<>();
        for (Table table : situation.tables()) {
            for (String index : table.details().beingBuilt()) {
                faults.add(Answer.fail(
                        "index " + index + " of " + table.name() + " is being built", "let that end first"));
            }
            for (String index : table.details().invalidIndexes()) {
                if (!situation.work().built().contains(index)) {
                    faults.add(Answer.fail(
                            "index " + index + " of " + table.name() + " is invalid",
                            "DROP INDEX CONCURRENTLY " + index + ", and build it again if it is wanted"));
                }
            }
        }
        return Answer.orPass(faults, "every index of the touched tables is valid");
    }
}
