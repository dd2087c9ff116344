package dev.nightshift.backup;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rows of {@code nightshift.backups}.
 *
 * <p>Every write is fenced by the attempt's claim: a worker that was superseded changes nothing and gets
 * {@link dev.nightshift.run.Transient}.
 */
public interface BackupJournal {

    /** Notes that a dump begins; returns its id. */
    String started(Attempt attempt, Path location, String verification);

    void verified(Attempt attempt, String id, Manifest manifest);

    /** Notes that the files of an earlier run's backup, verified again, serve this run too. */
    void serves(Attempt attempt, String id, KeptBackup earlier);

    void failed(Attempt attempt, String id, Explanation why);

    /** All backups of one run, the latest first. */
    List<KeptBackup> of(RunId run);

    /**
     * Verified dumps of other runs that are younger than {@code maxAge} and were begun after the last write of any run,
     * the latest first.
     */
    List<KeptBackup> candidates(RunId run, Duration maxAge);

    /** True once a step of the run that changes anything was begun. */
    boolean hasWritten(RunId run);

    /** Every backup, the latest first. */
    List<KeptBackup> all();

    Optional<KeptBackup> find(String id);
}
