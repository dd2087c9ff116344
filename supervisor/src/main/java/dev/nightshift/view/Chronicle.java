package dev.nightshift.view;

import dev.nightshift.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads from a database's journal what programs ask for beyond {@link RunReader}; fails in the same way. */
public interface Chronicle {

    /**
     * Events of all runs, the oldest first.
     *
     * @param after only those with a higher number, the lowest of them; without it the newest
     */
    List<RunEventView> events(OptionalLong after, int most);

    /** What was read for one run since an instant, the newest first. */
    List<ReadingView> readings(RunId run, Instant since, int most);

    /** The text of the plan that a run carries out. */
    Optional<PlanView> plan(RunId run);

    Optional<IntentView> intent(long number);

    /** The command that was written with this key. */
    Optional<IntentView> intentOf(String key);

    /** A line of the history of some run. */
    record RunEventView(RunId run, EventView event) {}

    /**
     * The worst value of a signal in ten seconds.
     *
     * @param value in the signal's unit: seconds, bytes or bytes a second
     */
    record ReadingView(Instant at, String signal, String subject, double value) {}

    /**
     * A plan as it was submitted.
     *
     * @param findings what the linter found in it, as its own documents say it; empty when it did not look
     */
    record PlanView(RunId run, String name, String hash, String text, Optional<List<Map<String, Object>>> findings) {}

    /**
     * A command, and what came of it once a supervisor has observed it.
     *
     * @param kind {@code pause}, {@code resume}, {@code abort}, {@code retry} or {@code approve}
     */
    record IntentView(
            long number,
            RunId run,
            String kind,
            boolean immediate,
            String reason,
            String by,
            String from,
            Instant askedAt,
            Optional<Instant> observedAt,
            Optional<String> outcome) {}
}
