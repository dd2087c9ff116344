package dev.nightshift.view;

import dev.nightshift.run.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be said of a run when it is over, or so far.
 *
 * @param took from the first start to the end, or until now
 * @param rows changed by all steps together
 * @param walBytes an upper bound of what its batches and statements wrote
 * @param serverWalBytes what the whole server wrote from the first start to the end, or until now; empty before it
 * @param peaks the worst reading of each signal and subject against its hold limit
 * @param interruptions how long it was slowed or held, by reason, the longest first
 * @param left what the abort plan could not do
 * @param next what to do now
 */
public record RunSummary(
        RunView run,
        Instant at,
        Duration took,
        long rows,
        long walBytes,
        OptionalLong serverWalBytes,
        List<Peak> peaks,
        List<Interruption> interruptions,
        Optional<BackupView> backup,
        List<StepRecord> steps,
        List<String> left,
        List<EventView> events,
        String next) {

    public RunSummary {
        peaks = List.copyOf(peaks);
        interruptions = List.copyOf(interruptions);
        steps = List.copyOf(steps);
        left = List.copyOf(left);
        events = List.copyOf(events);
    }

    /**
     * The worst reading of a signal.
     *
     * @param signal the guard's key: {@code replica-lag}
     * @param value and limit as people read them
     */
    public record Peak(String signal, String subject, String value, String limit, Instant at) {}

    /**
     * Time in which the run was slowed or held.
     *
     * @param kind {@code slowed} or {@code held}
     * @param times how often
     */
    public record Interruption(String kind, String reason, Duration took, int times) {}
}
