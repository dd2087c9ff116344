package dev.nightshift;

import dev.nightshift.backup.BackupJournal;
import dev.nightshift.backup.BackupOutlook;
import dev.nightshift.backup.CatalogFacts;
import dev.nightshift.backup.ElsewhereBackup;
import dev.nightshift.backup.ElsewhereOutlook;
import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Machine.DumpRoom;
import dev.nightshift.guards.preflight.PlannedBackup;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.postgres.PgBackupJournal;
import dev.nightshift.postgres.PgCatalog;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.PreflightFacts.RunBefore;
import java.util.Optional;

/** Joins what the journal, the catalog and the backup directory say of a plan's backup. */
record BackupLook(PlannedBackup planned, Optional<Fact<DumpRoom>> room) {

    private static final String SESSION = "nightshift/supervisor/preflight";

    /** Blocks. */
    static BackupLook of(
            Plan plan, RunBefore before, WindowLook window, PgSessions sessions, ElsewhereBackup.Providers providers) {
        if (plan.backup() instanceof BackupSpec.Elsewhere spec) {
            Optional<BackupJournal> journal =
                    before.journal() ? Optional.of(new PgBackupJournal(sessions)) : Optional.empty();
            PlannedBackup planned = new ElsewhereOutlook(providers, journal)
                    .of(plan, spec, before.active(), window.now(), window.untilOpen());
            return new BackupLook(planned, Optional.empty());
        }
        if (!(plan.backup() instanceof BackupSpec.Dump spec)) {
            return new BackupLook(PlannedBackup.none(), Optional.empty());
        }
        Optional<CatalogFacts> today = new PgCatalog(sessions).facts(SESSION, spec.tables());
        if (today.isEmpty()) {
            // Somebody's DDL has a table of it: the dump waits for that, and looks for room itself.
            return new BackupLook(BackupOutlook.first(spec), Optional.empty());
        }
        PlannedBackup planned = before.journal()
                ? new BackupOutlook(new PgBackupJournal(sessions), spec)
                        .of(before.active(), today.get(), window.untilOpen(), window.room())
                : BackupOutlook.first(spec);
        return new BackupLook(
                planned,
                planned.serves()
                        ? Optional.empty()
                        : Optional.of(
                                BackupOutlook.room(spec.directory(), today.get().size())));
    }
}
