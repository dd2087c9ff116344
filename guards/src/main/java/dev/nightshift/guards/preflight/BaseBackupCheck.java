package dev.nightshift.guards.preflight;

import java.util.List;

/** A base backup and a run share disk and network, and the WAL of the run makes the backup longer. */
final class BaseBackupCheck {

    private BaseBackupCheck() {}

    static List<Answer> judge(Situation situation) {
        return situation
                .activity()
                .baseBackups()
                .judge(count -> List.of(
                        count > 0
                                ? Answer.warn(count + " base backups are running", "better let them end first")
                                : Answer.pass("no base backup is running")));
    }
}
