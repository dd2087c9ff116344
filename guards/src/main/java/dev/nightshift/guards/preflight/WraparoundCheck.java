package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.Unit;
import java.util.List;

/** Each batch burns a transaction number; a server near the end of them stops taking writes. */
final class WraparoundCheck {

    private static final double ALL = 1L << 31;
    private static final double WARN = 0.5;
    private static final double FAIL = 0.7;

    private WraparoundCheck() {}

    static List<Answer> judge(Situation situation) {
        Server server = situation.server();
        double age = Math.max(server.xidAge(), server.multixactAge());
        double predicted = (server.xidAge() + situation.work().batches()) / ALL;
        String seen = "oldest " + Unit.COUNT.text(age) + " of " + Unit.COUNT.text(ALL) + ", "
                + Unit.FRACTION.text(Math.max(age / ALL, predicted)) + " after the run";
        String remedy = "VACUUM (FREEZE) the oldest tables of the database, and see what holds autovacuum back";
        if (Math.max(predicted, age / ALL) > FAIL) {
            return List.of(Answer.fail(seen + " > " + Unit.FRACTION.text(FAIL), remedy));
        }
        return List.of(
                age / ALL > WARN ? Answer.warn(seen + " > " + Unit.FRACTION.text(WARN), remedy) : Answer.pass(seen));
    }
}
