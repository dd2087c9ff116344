package dev.nightshift.drive;

import dev.nightshift.queue.Approvals;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.StepRecord;
import java.util.List;
import java.util.Optional;

/** Reports of databases that are not frozen, on plans that nobody had to approve. */
public final class Reports {

    private Reports() {}

    public static Report of(Optional<Heartbeat> heartbeat, List<StepRecord> steps, Optional<BackupRecord> backup) {
        return new Report(List.of(), heartbeat, steps, backup, Approvals.NONE, List.of(), List.of());
    }
}
