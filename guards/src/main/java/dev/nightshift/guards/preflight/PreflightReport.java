package dev.nightshift.guards.preflight;

import java.util.List;
import java.util.Optional;

/**
 * Everything that was looked at before a run.
 *
 * @param results in the order of the checks, at least one of each
 * @param forecasts what each backfill is expected to write
 * @param later why the run should wait for the next window, although nothing else is wrong
 */
public record PreflightReport(List<CheckResult> results, List<WalForecast> forecasts, Optional<String> later) {

    /** Of a run that need not wait. */
    public PreflightReport(List<CheckResult> results, List<WalForecast> forecasts) {
        this(results, forecasts, Optional.empty());
    }

    public PreflightReport {
        results = List.copyOf(results);
        forecasts = List.copyOf(forecasts);
    }

    public boolean refused() {
        return results.stream().anyMatch(CheckResult::stops);
    }

    /** What keeps the run from starting. */
    public List<CheckResult> stopping() {
        return results.stream().filter(CheckResult::stops).toList();
    }

    /** What has to be written down: warnings, what the plan waives, and what the next look is held against. */
    public List<CheckResult> remarks() {
        return results.stream()
                .filter(result -> result.check().remembered() || (!result.stops() && result.outcome() != Outcome.PASS))
                .toList();
    }

    /** What the next look is held against. */
    public List<CheckResult> remembered() {
        return results.stream().filter(result -> result.check().remembered()).toList();
    }

    public long count(Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }
}
