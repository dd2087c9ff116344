package dev.nightshift.plan;

import java.util.List;

/**
 * What reading a file of tokens led to.
 *
 * @param tokens none when there is a problem
 * @param problems every one, by place
 */
public record TokensReading(List<ApiToken> tokens, List<PlanProblem> problems) {

    public TokensReading {
        tokens = List.copyOf(tokens);
        problems = List.copyOf(problems);
    }
}
