package dev.nightshift.worker;

import dev.nightshift.guards.pace.Allowance;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import dev.nightshift.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Carries out the abort steps of a run that are not done, in the order of the plan, and clears away what the run itself
 * left half made. Called after the permit was revoked for good.
 */
public final class AbortSteps {

    /** What an abort may take, or go without a batch, before a person has to look. */
    public static final Duration BUDGET = Duration.ofMinutes(10);

    /** Beside the budget: also when it is spent the indexes are looked for. */
    private static final Duration FOR_CLEARING = Duration.ofMinutes(2);

    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

    private final Claims claims;
    private final Function<Claim, WorkJournal> journals;
    private final Works works;
    private final Leftovers leftovers;
    private final RandomGenerator random;

    /** @param journals opens the journal under a claim to abort */
    public AbortSteps(
            Claims claims,
            Function<Claim, WorkJournal> journals,
            Works works,
            Leftovers leftovers,
            RandomGenerator random) {
        this.claims = claims;
        this.journals = journals;
        this.works = works;
        this.leftovers = leftovers;
        this.random = random;
    }

    /**
     * Returns what is left to do, each with its exact SQL and the reason; empty when all is done.
     *
     * <p>A step that cannot be done ends the steps, since the later ones may count on it; the clearing away is tried
     * all the same.
     *
     * @param budget without a batch of a walk being committed; what waits for a lock is tried again until it is spent
     * @param guards how fast walks may write; asked before each batch
     * @throws Trouble when the abort plan could not begin; it may be called again
     */
    public List<String> carryOut(RunId run, Plan plan, Duration budget, Supplier<Allowance> guards) {
        Claim claim = claims.take(run, Mandate.ABORT).orElseThrow(() -> notAborting(run));
        Stop stop = new Stop();
        try (WorkJournal journal = journals.apply(claim);
                Pulse pulse = new Pulse(journal, stop, journal.standing());
                Deadline deadline = new Deadline(stop, budget)) {
            pulse.start();
            deadline.start();
            Pacing pacing = Pacing.guarded(guards, deadline);
            Workplace place = new Workplace(journal.run(), claim, Mandate.ABORT, journal, pulse, stop, pacing, random);
            List<String> left = new ArrayList<>(steps(plan, place));
            left.addAll(cleared(plan, place));
            return List.copyOf(left);
        }
    }

    private List<String> steps(Plan plan, Workplace place) {
        List<Step> steps = plan.abort();
        List<StepRecord> records =
                place.journal().steps().stream().filter(StepRecord::abort).toList();
        for (int i = 0; i < steps.size(); i++) {
            Optional<String> reason = records.get(i).state() == StepRecord.State.DONE
                    ? Optional.empty()
                    : whyNot(steps.get(i), records.get(i), plan, place);
            if (reason.isPresent()) {
                return left(steps.subList(i, steps.size()), reason.get());
            }
        }
        return List.of();
    }

    private static List<String> left(List<Step> steps, String reason) {
        List<String> left = new ArrayList<>();
        for (Step step : steps) {
            String why = left.isEmpty() ? reason : "not tried after the one before it";
            left.add(StepText.of(step) + " -- " + step.name() + ": " + why);
        }
        return left;
    }

    /** Empty when the step is done. */
    private Optional<String> whyNot(Step step, StepRecord record, Plan plan, Workplace place) {
        if (record.state() == StepRecord.State.UNCLEAR) {
            return Optional.of("it is not known whether it went through");
        }
        Optional<String> undone = undoneByItself(step, plan, place.journal());
        if (undone.isPresent()) {
            place.journal().begin(record.ordinal());
            place.journal().finish(record.ordinal(), "nothing to undo: step " + undone.get() + " has made nothing");
            return Optional.empty();
        }
        try {
            place.journal().begin(record.ordinal());
            return written(record.ordinal(), tried(step, record, place), place.journal());
        } catch (OutcomeUnknown e) {
            place.journal().unclear(record.ordinal(), e.explanation());
            return Optional.of(e.explanation().what());
        } catch (Permanent e) {
            StepOutcome failed = StepOutcome.Failed.step(e.explanation());
            return written(record.ordinal(), failed, place.journal());
        } catch (Trouble e) {
            return Optional.of(e.explanation().what());
        } catch (WorkEnded e) {
            if (e.reason() == Stop.Reason.SUPERSEDED) {
                throw e;
            }
            return Optional.of("not done in time: " + place.pulse().activity());
        }
    }

    /** The step that this one undoes, if that one left nothing: what has the name of its work is somebody else's. */
    private static Optional<String> undoneByItself(Step step, Plan plan, WorkJournal journal) {
        return step.undoes()
                .filter(name -> journal.steps().stream()
                        .filter(record -> !record.abort() && record.name().equals(name))
                        .anyMatch(record -> hasMadeNothing(plan.steps().get(record.ordinal()), record, journal)));
    }

    private static boolean hasMadeNothing(Step step, StepRecord record, WorkJournal journal) {
        StepRecord.State state = journal.stateBeforeRetry(record.ordinal());
        return state == StepRecord.State.PENDING
                || (state == StepRecord.State.FAILED && isRolledBack(step))
                || (step instanceof WalkStep && record.rowsDone() == 0);
    }

    /** What fails in a transaction leaves nothing behind. */
    private static boolean isRolledBack(Step step) {
        return step instanceof StatementStep statement && !statement.statement().runsOutsideTransaction();
    }

    private StepOutcome tried(Step step, StepRecord record, Workplace place) {
        for (int failures = 1; ; failures++) {
            try {
                return works.carryOut(step, record, place);
            } catch (Transient e) {
                place.pulse().now(e.explanation().what());
                place.pause(BETWEEN_TRIES.after(failures, random));
            }
        }
    }

    private static Optional<String> written(int ordinal, StepOutcome outcome, WorkJournal journal) {
        if (outcome instanceof StepOutcome.Done done) {
            journal.finish(ordinal, done.note());
            return Optional.empty();
        } else if (outcome instanceof StepOutcome.Failed failed) {
            journal.fail(ordinal, failed.failure());
            return Optional.of(failed.failure().explanation().what());
        }
        return Optional.of(((StepOutcome.Asks) outcome).question());
    }

    private List<String> cleared(Plan plan, Workplace place) {
        Stop own = new Stop();
        try (Deadline deadline = new Deadline(own, FOR_CLEARING)) {
            deadline.start();
            place.pulse().now("clears away what the run left half made");
            return leftovers.clearAway(plan, place.attempt(own));
        } catch (Trouble e) {
            return List.of("look for invalid indexes -- " + e.explanation().what());
        }
    }

    private static Transient notAborting(RunId run) {
        return new Transient(new Explanation(
                "run " + run + " is not being aborted, or somebody else aborts it",
                "claiming it for its abort plan",
                "as the journal has it",
                "see `nightshift status`"));
    }
}
