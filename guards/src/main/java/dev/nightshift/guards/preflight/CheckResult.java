package dev.nightshift.guards.preflight;

import java.util.Optional;

/**
 * One line of a preflight.
 *
 * @param seen figures and names
 * @param remedy what to do; empty where it passed
 * @param waived why the plan lets it pass all the same
 */
public record CheckResult(PreflightCheck check, Outcome outcome, String seen, String remedy, Optional<String> waived) {

    /** Whether the run may not start because of it. */
    public boolean stops() {
        return outcome.stops() && waived.isEmpty();
    }
}
