package dev.nightshift.guards.preflight;

import java.util.List;

/** Tables, columns, keys and expressions are as the steps need them. */
final class StepsCheck {

    private StepsCheck() {}

    static List<Answer> judge(Situation situation) {
        List<Answer> faults = situation.stepProblems().stream()
                .map(problem -> Answer.fail(problem.what(), problem.remedy()))
                .toList();
        return Answer.orPass(faults, "every step that works on what is there can");
    }
}
