package dev.nightshift.drive;

import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.run.RunRecord;
import dev.nightshift.time.Outlook;
import java.time.Instant;
import java.util.Optional;

/**
 * What the driver knew at the end of one second of supervision.
 *
 * @param windowCloses when the window closes; empty when it is closed, frozen or never does
 * @param outlook when the run will be done; empty while nothing is known
 */
public record Tick(
        RunRecord run,
        Judgement judgement,
        Report report,
        boolean permitted,
        Instant at,
        Optional<Instant> windowCloses,
        Optional<Outlook> outlook) {

    /** One that says nothing of what is to come. */
    public Tick(
            RunRecord run,
            Judgement judgement,
            Report report,
            boolean permitted,
            Instant at,
            Optional<Instant> windowCloses) {
        this(run, judgement, report, permitted, at, windowCloses, Optional.empty());
    }
}
