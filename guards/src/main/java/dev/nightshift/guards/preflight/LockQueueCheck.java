package dev.nightshift.guards.preflight;

import java.util.List;

/** Whoever waits for a touched table now would wait longer behind the run. */
final class LockQueueCheck {

    private LockQueueCheck() {}

    static List<Answer> judge(Situation situation) {
        return Answer.each(
                situation.activity().waiters(),
                Answer.fail("", "let those in front end first, or cancel the one that waits"),
                "nobody waits for a touched table");
    }
}
