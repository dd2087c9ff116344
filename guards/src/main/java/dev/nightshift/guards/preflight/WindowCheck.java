package dev.nightshift.guards.preflight;

import java.util.ArrayList;
import java.util.List;

/** The hours, and what shares disk, network and tables with a run in them. */
final class WindowCheck {

    private WindowCheck() {}

    static List<Answer> judge(Situation situation) {
        Hours hours = situation.hours();
        List<Answer> faults = new ArrayList<>();
        situation
                .activity()
                .baseBackups()
                .judge(count -> List.of(
                        count > 0
                                ? Answer.warn(
                                        count + (count == 1 ? " base backup is" : " base backups are") + " running",
                                        "better let it end first: the run's WAL makes it longer, and both want the disk")
                                : Answer.pass("no base backup is running")))
                .stream()
                .filter(answer -> answer.outcome() != Outcome.PASS)
                .forEach(faults::add);
        if (!hours.jobs().isEmpty()) {
            faults.add(Answer.warn(
                    "pg_cron starts in that time: " + String.join(", ", hours.jobs()),
                    "see that they leave the touched tables alone, or move them with cron.alter_job"));
        }
        return Answer.orPass(faults, hours.text() + ", no base backup is running" + hours.hidden());
    }
}
