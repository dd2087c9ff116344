package dev.nightshift.worker;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import java.util.function.Function;

/**
 * The backup of a run that its supervisor takes, since a worker has no rights on clouds and clusters: under a claim like
 * any work, so that it ends when the run is aborted or somebody else takes it over.
 */
public final class BackupBefore {

    private final Claims claims;
    private final Function<Claim, WorkJournal> journals;
    private final Dumps backups;

    /** @param journals opens the journal under a claim to work */
    public BackupBefore(Claims claims, Function<Claim, WorkJournal> journals, Dumps backups) {
        this.claims = claims;
        this.journals = journals;
        this.backups = backups;
    }

    /**
     * Returns when a verified backup of the run stands in the journal. Blocks; {@code stop} ends it soon.
     *
     * @throws dev.nightshift.run.Permanent when none can be had; the journal says why
     * @throws Transient when it was stopped, or may go better another time
     */
    public void take(RunId run, Plan plan, Stop stop) {
        Claim claim = claims.take(run, Mandate.WORK).orElseThrow(() -> ended(run));
        try (WorkJournal journal = journals.apply(claim);
                Pulse pulse = new Pulse(journal, stop, journal.standing())) {
            pulse.start();
            pulse.now("takes the backup");
            backups.takeAndVerify(journal.run(), plan, new Attempt(claim, Mandate.WORK, pulse, stop));
        } catch (WorkEnded e) {
            throw ended(run);
        }
    }

    private static Transient ended(RunId run) {
        return new Transient(new Explanation(
                "run " + run + " does not want its backup now",
                "taking it",
                Explanation.NOTHING_CHANGED,
                "see `nightshift status`: it waits, or it is being aborted"));
    }
}
