package dev.nightshift.plan;

import java.util.List;

/** What reading a plan led to. */
public sealed interface PlanReading {

    /** The plan is whole. */
    record Accepted(Plan plan) implements PlanReading {}

    /** It is not; here is every reason, by place. */
    record Refused(List<PlanProblem> problems) implements PlanReading {

        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("expected at least one problem, found none");
            }
        }
    }
}
