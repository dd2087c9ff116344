package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A plan was made for tables as they were: between two looks of one run nobody but its own steps may redefine them. What
 * it sees goes into the run's history, so that it is told once; whoever retries has seen it.
 */
final class DriftCheck {

    private DriftCheck() {}

    static List<Answer> judge(Situation situation) {
        Definitions definitions = situation.definitions();
        if (definitions.before().isEmpty() || definitions.ownSteps()) {
            String why = definitions.before().isEmpty()
                    ? "nothing to compare with yet"
                    : "steps of this run may have redefined tables since the last look";
            Map<String, String> now = definitions.now().or(Map.of());
            return List.of(Answer.pass(now.isEmpty() ? why : why + "; " + Definitions.text(now)));
        }
        Map<String, String> before = definitions.before().get();
        return definitions.now().judge(now -> {
            List<String> changed = new ArrayList<>();
            before.forEach((table, hash) -> {
                String today = now.get(table);
                if (today == null) {
                    changed.add(table + " is gone or has another name");
                } else if (!today.equals(hash)) {
                    changed.add(table + " was redefined");
                }
            });
            String text = Definitions.text(now);
            return List.of(
                    changed.isEmpty()
                            ? Answer.pass("as at the last look of this run; " + text)
                            : Answer.fail(
                                    String.join(", ", changed) + " since the last look of this run; " + text,
                                    "see who changed it and whether the plan still fits; `nightshift retry` then goes on"
                                            + " with it as it is now"));
        });
    }
}
