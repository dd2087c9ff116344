package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** What steps stop is there, may be stopped and brought back, and nobody else starts it meanwhile. */
final class DowntimeCheck {

    private DowntimeCheck() {}

    static List<Answer> judge(Situation situation) {
        return situation.downtime().judge(DowntimeCheck::judge);
    }

    private static List<Answer> judge(PlannedDowntime downtime) {
        List<Answer> answers = new ArrayList<>();
        downtime.faults().forEach(fault -> answers.add(Answer.fail(fault.what(), fault.remedy())));
        downtime.doubts().forEach(doubt -> answers.add(Answer.warn(doubt.what(), doubt.remedy())));
        return Answer.orPass(
                answers, downtime.stops().isEmpty() ? "none is stopped" : String.join(", ", downtime.stops()));
    }
}
