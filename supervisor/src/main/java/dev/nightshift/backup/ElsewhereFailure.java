package dev.nightshift.backup;

import dev.nightshift.backup.Provider.Wanted;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import java.time.Duration;

/** Explains why a backup that somebody else takes does not count. */
final class ElsewhereFailure {

    private static final String DOING = "waiting for the backup ";

    private ElsewhereFailure() {}

    static Transient stopped(String name) {
        return new Transient(new Explanation(
                "waiting for the backup " + name + " was stopped",
                DOING + name,
                Explanation.NOTHING_CHANGED,
                "nothing: what was begun goes on where it is taken, and is found again when the run goes on"));
    }

    static Permanent failed(Wanted wanted, String why) {
        return new Permanent(new Explanation(
                "the backup " + wanted.name() + " failed: " + why,
                DOING + wanted.name(),
                Explanation.NOTHING_CHANGED,
                "put right what it says, then `nightshift retry`: another one is begun"));
    }

    static Permanent overdue(Wanted wanted, Duration timeout, String last) {
        return new Permanent(new Explanation(
                "the backup " + wanted.name() + " was not ready after " + timeout.toMinutes() + " min: " + last,
                DOING + wanted.name(),
                Explanation.NOTHING_CHANGED + "; it may still go on where it is taken",
                "look at " + wanted.name() + " there and delete it or let it end; give the backup a longer `timeout`,"
                        + " then run again: another one is begun"));
    }

    static Permanent untrusted(Wanted wanted, String why) {
        return new Permanent(new Explanation(
                "the backup " + wanted.name() + " does not serve: " + why,
                DOING + wanted.name(),
                Explanation.NOTHING_CHANGED,
                "have a newer one taken, then `nightshift retry`"));
    }
}
