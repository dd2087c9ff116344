package dev.nightshift.drive;

import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.run.RunRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * What the driver knew at the end of one second of supervision.
 *
 * @param windowCloses when the window closes; empty when it is closed or never does
 */
public record Tick(
        RunRecord run,
        Judgement judgement,
        Report report,
        boolean permitted,
        Instant at,
        Optional<Instant> windowCloses) {}
