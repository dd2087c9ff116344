package dev.nightshift.guards.preflight;

import java.util.List;

/** The dump itself is the run's first step, and nothing is written before it was read back. */
final class BackupCheck {

    private BackupCheck() {}

    static List<Answer> judge(Situation situation) {
        return List.of(
                situation.work().dumps()
                        ? Answer.pass("taken and read back before the first write")
                        : Answer.warn(
                                "the plan takes none", "say `backup: {dump: …}` unless all of it can be made again"));
    }
}
