package dev.nightshift.guards.preflight;

import java.util.List;

/**
 * Logical replication of all tables carries the journal to subscribers that do not have its tables: their apply ends with
 * its first row, for good.
 */
final class JournalCheck {

    private JournalCheck() {}

    static List<Answer> judge(Situation situation) {
        return Answer.each(
                situation.decoders(),
                Answer.fail(
                        "subscribers without schema nightshift would stop at the journal's first row: ",
                        "create schema nightshift and its tables on each subscriber first, then waive PF-PUBLICATION; or"
                                + " narrow the publication to tables, or the slot's plugin to publications"),
                "nobody decodes it, or it is there already");
    }
}
