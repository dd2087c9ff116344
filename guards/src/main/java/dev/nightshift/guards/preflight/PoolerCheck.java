package dev.nightshift.guards.preflight;

import java.util.List;

/** Facts are only there when the session passed: {@link Preflight#behindPooler} speaks of one that did not. */
final class PoolerCheck {

    private PoolerCheck() {}

    static List<Answer> judge(Situation situation) {
        return List.of(Answer.pass("the same backend answers, and its settings stay; connected as "
                + situation.server().role()));
    }
}
