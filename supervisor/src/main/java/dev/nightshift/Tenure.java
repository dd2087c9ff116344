package dev.nightshift;

import dev.nightshift.drive.Lease;
import dev.nightshift.postgres.PgJournal;
import dev.nightshift.postgres.PgLease;
import dev.nightshift.postgres.PgLine;
import dev.nightshift.postgres.PgPermits;
import java.util.UUID;

/** What may be written while the lease is held: everything carries the token of one taking of it. */
record Tenure(Lease lease, PgJournal journal, PgPermits permits) {

    static Tenure over(PgLine control, String holder) {
        UUID token = UUID.randomUUID();
        return new Tenure(
                new PgLease(control, holder, token, System::nanoTime),
                new PgJournal(control, token),
                new PgPermits(control, token));
    }
}
