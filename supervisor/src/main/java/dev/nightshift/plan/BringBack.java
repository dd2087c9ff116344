package dev.nightshift.plan;

import java.time.Duration;
import java.util.Map;

/**
 * Brings back what an earlier step has taken down, and waits until it is ready.
 *
 * @param images new ones, by workload or {@code deployment/web/CONTAINER}; empty for those it had
 * @param within how long it may take until all replicas are ready
 */
public record BringBack(String name, TakeDown taken, Map<String, String> images, Duration within)
        implements WorkloadsStep {

    public BringBack {
        Names.check("a step's name", name);
        images = Map.copyOf(images);
    }

    /** Ends risk, so it waits for no window. */
    @Override
    public boolean inOnePiece() {
        return false;
    }
}
