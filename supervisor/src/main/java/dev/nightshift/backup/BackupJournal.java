package dev.nightshift.backup;

import dev.nightshift.guards.reading.Lsn;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rows of {@code nightshift.backups}.
 *
 * <p>Every write is fenced by the attempt's claim: a worker that was superseded changes nothing and gets
 * {@link dev.nightshift.run.Transient}.
 */
public interface BackupJournal {

    /**
     * Notes that a backup begins, before anything is done for it; returns its id.
     *
     * @param maxAge up to which it serves a run that has not written; zero for any
     */
    String started(Attempt attempt, KeptBackup.Kind kind, String location, String verification, Duration maxAge);

    /** Notes the position that whatever is begun from now on will not be behind. */
    void before(Attempt attempt, String id, Lsn position);

    /** Notes what whoever takes the backup calls it. */
    void called(Attempt attempt, String id, Provider.Begun begun);

    /** Notes a backup that somebody else took, and what was and was not looked at. */
    void attested(Attempt attempt, String id, Attested attested);

    void verified(Attempt attempt, String id, Manifest manifest);

    /** Notes that the files of an earlier run's backup, verified again, serve this run too. */
    void serves(Attempt attempt, String id, KeptBackup earlier);

    void failed(Attempt attempt, String id, Explanation why);

    /** All backups of one run, the latest first. */
    List<KeptBackup> of(RunId run);

    /**
     * Verified backups of that kind of other runs that are younger than {@code maxAge} and were begun after the last write of any run,
     * the latest first.
     */
    List<KeptBackup> candidates(RunId run, KeptBackup.Kind kind, Duration maxAge);

    /** When any run last wrote, or may have; empty when none has. */
    Optional<Instant> lastWrite();

    /** True once a step of the run that changes anything was begun. */
    boolean hasWritten(RunId run);

    /** Every backup, the latest first. */
    List<KeptBackup> all();

    Optional<KeptBackup> find(String id);

    /** Every backup with the run that it is of. */
    List<Pruning.OfRun> withRuns();

    /**
     * Notes that the files of a dump are about to be deleted; false, and nothing noted, when a run that has not succeeded
     * needs them or a run is just choosing its backup.
     */
    boolean prune(KeptBackup backup);
}
