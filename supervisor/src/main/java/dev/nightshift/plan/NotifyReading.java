package dev.nightshift.plan;

import java.util.List;

/**
 * Who a settings file says is told.
 *
 * @param receivers none when there is a problem
 * @param problems every one, by place
 */
public record NotifyReading(List<Receiver> receivers, List<PlanProblem> problems) {

    public NotifyReading {
        receivers = List.copyOf(receivers);
        problems = List.copyOf(problems);
    }
}
