package dev.nightshift.backup;

import dev.nightshift.guards.preflight.PlannedBackup;
import dev.nightshift.guards.preflight.PlannedBackup.Elsewhere;
import dev.nightshift.guards.preflight.PlannedBackup.Own;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the backup that somebody else takes for a plan will come to, before anything is begun. */
public final class ElsewhereOutlook {

    private final ElsewhereBackup.Providers providers;
    private final Optional<BackupJournal> journal;

    /** @param journal of the database, where it has one */
    public ElsewhereOutlook(ElsewhereBackup.Providers providers, Optional<BackupJournal> journal) {
        this.providers = providers;
        this.journal = journal;
    }

    /**
     * Asks whoever takes it. Blocks.
     *
     * @param active the run that is to go on
     * @param untilWrite how long it will be until the first write
     */
    public PlannedBackup of(
            Plan plan, BackupSpec.Elsewhere spec, Optional<RunId> active, Instant now, Duration untilWrite) {
        Optional<Own> own =
                journal.flatMap(known -> active.filter(known::hasWritten).map(run -> own(known, run)));
        if (own.isPresent()) {
            return PlannedBackup.elsewhere(spec.maxAge(), own, new Elsewhere("", List.of(), List.of()));
        }
        Trust trust = new Trust(now, spec.maxAge(), journal.flatMap(BackupJournal::lastWrite));
        Provider.Outlook outlook = outlook(plan, spec, trust, now.plus(untilWrite));
        return PlannedBackup.elsewhere(
                spec.maxAge(), own, new Elsewhere(outlook.what(), outlook.faults(), outlook.doubts()));
    }

    private Provider.Outlook outlook(Plan plan, BackupSpec.Elsewhere spec, Trust trust, Instant firstWrite) {
        try {
            return providers.of(spec, tool -> {}).outlook(plan, at -> trust.doubt(at, firstWrite));
        } catch (Permanent e) {
            return new Provider.Outlook("the backup", List.of(e.explanation().what()), List.of());
        }
    }

    private static Own own(BackupJournal journal, RunId run) {
        boolean verified = journal.of(run).stream().anyMatch(backup -> backup.state() == KeptBackup.State.VERIFIED);
        return new Own(verified ? List.of() : List.of("it has no verified backup"));
    }
}
