package dev.nightshift.metrics;

import dev.nightshift.drive.BackupRecord;
import dev.nightshift.drive.Past;
import dev.nightshift.drive.Tick;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Whether the run has the backup that its plan asks for, and how taking it went. */
final class BackupMetrics {

    private final DoubleConsumer expected;
    private final DoubleConsumer verified;
    private final DoubleConsumer size;
    private final DoubleConsumer took;
    private final DoubleConsumer at;
    private final Count failures;
    private Optional<String> failed = Optional.empty();

    BackupMetrics(Board board) {
        expected = board.gauge("backup.expected", "1 when the plan asks for a backup, 0 for `backup: none`");
        verified = board.gauge("backup.verified", "1 when the run has a verified backup");
        verified.accept(0);
        size = board.gauge("backup.size.bytes", "Size of the run's backup");
        took = board.gauge("backup.duration.seconds", "From its beginning until it was verified");
        at = board.gauge("backup.last.success.timestamp.seconds", "When the run's backup was verified");
        failures = board.count(
                "backup.failures", "Backups of the plan that failed, were stopped or could not be verified");
    }

    void expects(Plan plan) {
        expected.accept(plan.backup() instanceof BackupSpec.None ? 0 : 1);
    }

    void see(Past past) {
        past.backup()
                .filter(backup -> backup.state() == BackupRecord.State.FAILED)
                .ifPresent(backup -> failed = Optional.of(backup.id()));
        failures.atLeast(past.runs().failedBackups());
        past.backup().ifPresent(this::see);
    }

    void see(Tick tick) {
        tick.report().backup().ifPresent(this::see);
    }

    private void see(BackupRecord backup) {
        verified.accept(backup.state() == BackupRecord.State.VERIFIED ? 1 : 0);
        if (backup.bytes().isPresent()) {
            size.accept((double) backup.bytes().getAsLong());
        }
        backup.verifiedAt().ifPresent(end -> {
            at.accept(Board.epoch(end));
            took.accept(Duration.between(backup.startedAt(), end).toMillis() / 1000.0);
        });
        boolean now = backup.state() == BackupRecord.State.FAILED;
        if (now && !failed.equals(Optional.of(backup.id()))) {
            failed = Optional.of(backup.id());
            failures.add(1);
        }
    }
}
