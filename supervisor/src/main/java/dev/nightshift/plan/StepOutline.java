package dev.nightshift.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a step of a plan will do, as far as the plan alone tells.
 *
 * @param number from 1, steps and abort steps each
 * @param does plain sentences, the first says what happens
 * @param locks empty when only the catalog or a migration's file can tell, or when there are none
 * @param advice what a careful person would change or look at; mostly empty
 * @param recipe what stands in the plan for this step and others, such as {@code not-null total}
 * @param sql the statement as it is sent; empty when there is none
 */
public record StepOutline(
        int number,
        String name,
        String kind,
        StatementClass statementClass,
        List<String> does,
        List<TableLock> locks,
        List<String> advice,
        Optional<String> recipe,
        String sql) {

    public StepOutline {
        does = List.copyOf(does);
        locks = List.copyOf(locks);
        advice = List.copyOf(advice);
    }

    public boolean pausable() {
        return statementClass == StatementClass.PAUSABLE;
    }

    /** What can be done to it while it works. */
    public String control() {
        if (kind.equals("hold")) {
            return "nothing runs while it waits";
        }
        if (kind.equals("external")) {
            return "cannot be paused: a guard's hold cancels it unless it may go on, an abort ends it";
        }
        if (kind.equals("workloads")) {
            return "cannot be paused: a hold leaves the application as it is, whatever ends or parks the run brings it back";
        }
        return switch (statementClass) {
            case PAUSABLE -> "can be paused: stops between two batches and goes on there";
            case CANCEL_ONLY -> "cannot be paused: goes on during a hold, an abort cancels it";
            case ATOMIC -> "cannot be paused: short, all or nothing";
        };
    }
}
