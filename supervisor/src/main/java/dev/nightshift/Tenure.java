package dev.nightshift;

import dev.nightshift.drive.Lease;
import dev.nightshift.postgres.PgJournal;
import dev.nightshift.postgres.PgLease;
import dev.nightshift.postgres.PgLine;
import dev.nightshift.postgres.PgPermits;
import dev.nightshift.postgres.PgWorkloads;
import java.util.UUID;

/** What may be written while the lease is held: everything carries the token of one taking of it. */
record Tenure(Lease lease, PgJournal journal, PgPermits permits, PgWorkloads workloads) {

    static Tenure over(PgLine control, String holder) {
        UUID token = UUID.randomUUID();
        PgJournal journal = new PgJournal(control, token);
        return new Tenure(
                new PgLease(control, holder, token, System::nanoTime),
                journal,
                new PgPermits(control, token),
                new PgWorkloads(control, journal, token));
    }
}
