package dev.nightshift.guards.guard;

import java.time.Duration;
import java.util.Arrays;

/**
 * A question of a plan that one number answers, and what the number may be.
 *
 * @param name what a reason calls it; may be empty where the plan has one such question only
 * @param source the server that is asked; empty for the run's own database
 * @param timeout how long an answer may take before it counts as none
 */
public record Probe(GuardKind kind, String name, String question, String source, Duration timeout, Limits limits) {

    public Probe {
        if (!kind.isProbe() || question.isBlank()) {
            throw new IllegalArgumentException(
                    "expected a guard that asks, found " + kind.key() + " with '" + question + "'");
        }
        if (limits.equals(Limits.NONE)) {
            throw new IllegalArgumentException("expected at least one of slow, hold, abort, found none");
        }
    }

    /** The worst that it can do: what it does not know is no worse. */
    Level worst() {
        return Arrays.stream(Level.values())
                .filter(level -> limits.at(level).isPresent())
                .reduce(Level.SLOW, (lower, higher) -> higher);
    }
}
