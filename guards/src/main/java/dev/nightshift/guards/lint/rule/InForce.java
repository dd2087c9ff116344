package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.flow.Timeouts;
import java.time.Duration;
import java.util.Optional;

/** Settings as they are in force for a statement: by the script, or else by the database. */
final class InForce {
    private InForce() {}

    /** Empty when there is no limit. */
    static Optional<Duration> timeout(Step step, String name) {
        return step.settings()
                .get(name)
                .or(() -> step.catalog().setting(name))
                .flatMap(Timeouts::parse)
                .filter(timeout -> !timeout.isZero());
    }
}
