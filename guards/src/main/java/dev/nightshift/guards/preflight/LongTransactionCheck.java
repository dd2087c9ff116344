package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.preflight.Activity.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** DDL waits behind a transaction that has its table, everybody else behind the DDL; an old snapshot pins dead rows. */
final class LongTransactionCheck {

    private static final Duration ON_TOUCHED = Duration.ofMinutes(1);
    private static final Duration ANYWHERE = Duration.ofMinutes(5);

    private LongTransactionCheck() {}

    static List<Answer> judge(Situation situation) {
        return situation.activity().transactions().judge(transactions -> {
            List<Answer> faults = new ArrayList<>();
            transactions.stream().filter(one -> !one.dump()).forEach(one -> judge(one, faults));
            return Answer.orPass(
                    faults,
                    "none above " + Unit.text(ON_TOUCHED) + " on a touched table, none above " + Unit.text(ANYWHERE)
                            + " anywhere");
        });
    }

    private static void judge(Transaction one, List<Answer> faults) {
        String open = one.who() + ": open for " + Unit.text(one.age());
        String remedy = "let it end, or " + one.end() + "; then try again";
        if (!one.touched().isEmpty() && one.age().compareTo(ON_TOUCHED) > 0) {
            faults.add(Answer.fail(
                    open + " > " + Unit.text(ON_TOUCHED) + " with a lock on " + String.join(", ", one.touched()),
                    remedy));
        } else if (one.age().compareTo(ANYWHERE) > 0) {
            faults.add(Answer.warn(open + " > " + Unit.text(ANYWHERE) + "; it keeps dead rows from going", remedy));
        }
    }
}
