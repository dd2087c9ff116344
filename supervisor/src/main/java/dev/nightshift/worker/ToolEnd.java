package dev.nightshift.worker;

import dev.nightshift.worker.ToolStop.Why;
import java.time.Duration;
import java.util.Optional;

/**
 * How a tool ended.
 *
 * @param stopped why it was made to end; empty when it ended by itself
 * @param reason that in words
 * @param forced whether its processes were ended instead of ending by themselves
 * @param last its last lines
 */
record ToolEnd(int exit, Duration took, Optional<Why> stopped, String reason, boolean forced, String last) {

    boolean isGood() {
        return exit == 0;
    }

    boolean was(Why why) {
        return stopped.filter(is -> is == why).isPresent();
    }

    /** In a few words, for people. */
    String words() {
        String how = forced ? "was ended" : "ended with exit status " + exit;
        String why = stopped.isPresent() ? ", stopped because " + reason : "";
        return how + " after " + took.toSeconds() + " s" + why + (last.isEmpty() ? "" : ": " + last);
    }
}
