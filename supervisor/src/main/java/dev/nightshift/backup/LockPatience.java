package dev.nightshift.backup;

import dev.nightshift.run.Permanent;
import dev.nightshift.time.Backoff;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between tries for as long as somebody's DDL may reasonably hold a table, and names who holds it. */
final class LockPatience {

    /** Each try waits for a second or two itself: together about two minutes. */
    private static final int TRIES = 6;

    private final Catalog catalog;
    private final Backoff backoff;
    private final DumpTask task;
    private int tries;

    LockPatience(Catalog catalog, Backoff backoff, DumpTask task) {
        this.catalog = catalog;
        this.backoff = backoff;
        this.task = task;
    }

    /**
     * Returns when it is time for the next try.
     *
     * @throws Permanent when there were enough
     */
    void locked() {
        task.stopIfAsked();
        tries++;
        List<String> holders = catalog.lockHolders(task.attempt(), task.spec().tables());
        if (tries == TRIES) {
            throw new Permanent(DumpFailure.lockNotGranted(holders, tries, task.location()));
        }
        task.say("the dump waits for a lock: " + String.join("; ", holders));
        task.interruption().pause(backoff.after(tries, ThreadLocalRandom.current()));
        task.stopIfAsked();
    }
}
