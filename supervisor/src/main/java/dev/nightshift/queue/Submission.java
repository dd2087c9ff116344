package dev.nightshift.queue;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * A run that was submitted and has not begun.
 *
 * @param plan empty when this version of the program cannot read it
 * @param priority a higher one goes first
 * @param at when it was submitted
 * @param sameServer whether the server that has it now is the one on which it was submitted, as far as can be told
 */
public record Submission(
        RunRecord run, Optional<Plan> plan, int priority, Instant at, Approvals approvals, boolean sameServer) {}
