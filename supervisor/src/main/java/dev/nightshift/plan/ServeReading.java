package dev.nightshift.plan;

import java.util.List;
import java.util.Optional;

/**
 * What reading the settings of a standing supervisor led to.
 *
 * @param settings empty when there is a problem
 * @param problems every one, by place
 */
public record ServeReading(Optional<ServeSettings> settings, List<PlanProblem> problems) {

    public ServeReading {
        problems = List.copyOf(problems);
        if (settings.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("expected either settings or problems, found both or neither");
        }
    }
}
