package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Activity.Transaction;
import java.util.List;

/** A dump's snapshot pins every dead row until it ends, and its locks keep DDL waiting. */
final class ForeignDumpCheck {

    private ForeignDumpCheck() {}

    static List<Answer> judge(Situation situation) {
        return situation.activity().transactions().judge(transactions -> {
            List<String> dumps = transactions.stream()
                    .filter(one -> one.dump() && !one.touched().isEmpty())
                    .map(ForeignDumpCheck::words)
                    .toList();
            return Answer.each(
                    dumps,
                    Answer.fail("", "let the dump end first, or move one of the two to another hour"),
                    "nobody dumps a touched table");
        });
    }

    private static String words(Transaction dump) {
        return dump.who() + " dumps " + String.join(", ", dump.touched());
    }
}
