package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import dev.nightshift.time.Backoff;
import dev.nightshift.worker.Attempt;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Which backup is to be had from whom, and how often to look. */
record ElsewhereTask(
        RunRecord run,
        Plan plan,
        BackupSpec.Elsewhere spec,
        Attempt attempt,
        Provider provider,
        Interruption interruption,
        Patience patience) {

    /**
     * How often to look.
     *
     * @param pauses between two looks
     * @param underWay for so long a beginning whose end was not seen may still go through
     */
    record Patience(Backoff pauses, Duration underWay) {}

    Provider.Wanted wanted(String id) {
        return new Provider.Wanted(id, run.id(), plan);
    }

    void say(String sentence) {
        attempt.activity().now(sentence);
    }

    /** Waits after so many looks; a stop ends it, and leaves what was begun to whoever goes on. */
    void pause(int looks, String name) {
        interruption.pause(patience.pauses().after(looks, ThreadLocalRandom.current()));
        stopIfAsked(name);
    }

    void stopIfAsked(String name) {
        if (interruption.asked()) {
            throw ElsewhereFailure.stopped(name);
        }
    }
}
