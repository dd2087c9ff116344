package dev.nightshift.worker;

import dev.nightshift.worker.ToolStop.Why;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a tool ended.
 *
 * @param stopped why it was made to end; empty when it ended by itself
 * @param reason that in words
 * @param forced whether its processes were ended instead of ending by themselves, or nobody saw how they ended
 * @param last its last lines
 */
record ToolEnd(Tools.Ended ended, Duration took, Optional<Why> stopped, String reason, boolean forced, String last) {

    boolean isGood() {
        return ended.status().equals(OptionalInt.of(0));
    }

    boolean was(Why why) {
        return stopped.filter(is -> is == why).isPresent();
    }

    /** In a few words, for people. */
    String words() {
        String plain = forced
                ? "was ended"
                : "ended with exit status " + ended.status().orElseThrow();
        String how = ended.how().isEmpty() ? plain : ended.how();
        String why = stopped.isPresent() ? ", stopped because " + reason : "";
        return how + " after " + took.toSeconds() + " s" + why + (last.isEmpty() ? "" : ": " + last);
    }
}
