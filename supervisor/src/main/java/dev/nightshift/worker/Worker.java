package dev.nightshift.worker;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import dev.nightshift.time.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Claims one run, carries out its backup and its steps, and leaves with one of four exits. */
public final class Worker {

    private static final Duration BEFORE_LEAVING = Duration.ofSeconds(1);
    private static final Backoff BETWEEN_TRIES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final int MOST_TRIES = 5;

    private final Claims claims;
    private final Function<Claim, WorkJournal> journals;
    private final Function<RunRecord, Plan> plans;
    private final Dumps dumps;
    private final Works works;
    private final RandomGenerator random;

    /**
     * @param journals opens the journal under a claim
     * @param plans reads a run's plan again
     */
    public Worker(
            Claims claims,
            Function<Claim, WorkJournal> journals,
            Function<RunRecord, Plan> plans,
            Dumps dumps,
            Works works,
            RandomGenerator random) {
        this.claims = claims;
        this.journals = journals;
        this.plans = plans;
        this.dumps = dumps;
        this.works = works;
        this.random = random;
    }

    /** How and why the worker leaves. */
    public record Leaving(Exit exit, Optional<Explanation> why) {

        static Leaving with(Exit exit) {
            return new Leaving(exit, Optional.empty());
        }

        static Leaving with(Exit exit, Trouble trouble) {
            return new Leaving(exit, Optional.of(trouble.explanation()));
        }
    }

    /** Works until the run's work is done or {@code stop} is given. */
    public Leaving run(RunId run, Stop stop) {
        try {
            Optional<Claim> claim = claims.take(run, Mandate.WORK);
            if (claim.isEmpty()) {
                stop.await(BEFORE_LEAVING);
                return Leaving.with(Exit.TRY_AGAIN, unwanted(run));
            }
            try (WorkJournal journal = journals.apply(claim.get())) {
                return work(claim.get(), journal, stop);
            }
        } catch (WorkEnded e) {
            return Leaving.with(e.reason() == Stop.Reason.LEAVE ? Exit.PARKED : Exit.TRY_AGAIN);
        } catch (Permanent e) {
            return Leaving.with(Exit.GIVEN_UP, e);
        } catch (Trouble e) {
            return Leaving.with(Exit.TRY_AGAIN, e);
        }
    }

    private Leaving work(Claim claim, WorkJournal journal, Stop stop) {
        RunRecord run = journal.run();
        Plan plan = plans.apply(run);
        try (Pulse pulse = new Pulse(journal, stop, journal.standing())) {
            pulse.start();
            Workplace place = new Workplace(run, claim, Mandate.WORK, journal, pulse, stop, Pacing.PERMITTED, random);
            backUp(plan, place);
            boolean done = new StepLoop(works, place).carryOut(plan.steps(), 0);
            pulse.now(done ? "done" : "stopped");
            return Leaving.with(done ? Exit.DONE : Exit.GIVEN_UP);
        }
    }

    private void backUp(Plan plan, Workplace place) {
        if (plan.backup() instanceof BackupSpec.None || place.journal().isBackedUp()) {
            return;
        }
        for (int tries = 1; ; tries++) {
            try {
                place.pulse().now("takes the backup");
                dumps.takeAndVerify(place.run(), plan, place.attempt());
                return;
            } catch (Transient e) {
                place.endIfAsked();
                if (tries == MOST_TRIES) {
                    throw e;
                }
                place.pulse().now("takes the backup again: " + e.explanation().what());
                place.pause(BETWEEN_TRIES.after(tries, random));
            }
        }
    }

    private static Transient unwanted(RunId run) {
        return new Transient(new Explanation(
                "run " + run + " does not want a worker now",
                "claiming it",
                Explanation.NOTHING_CHANGED,
                "see `nightshift status`: it is not at work, or it is being aborted"));
    }
}
