package dev.nightshift.guards.preflight;

import java.util.List;

/** Whoever waits for a touched table now would wait longer behind the run. */
final class LockQueueCheck {

    private LockQueueCheck() {}

    static List<Answer> judge(Situation situation) {
        return Answer.each(
                situation.activity().waiters(),
                Answer.fail("", "find out whom it waits for (pg_blocking_pids) and let that end first"),
                "nobody waits for a touched table");
    }
}
