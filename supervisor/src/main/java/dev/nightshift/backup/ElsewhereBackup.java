package dev.nightshift.backup;

import dev.nightshift.backup.ElsewhereTask.Patience;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.program.Tool;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunRecord;
import dev.nightshift.time.Backoff;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.BackupOutcome;
import dev.nightshift.worker.Dumps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Comes to a backup that somebody else takes: an earlier one that serves, the one that was begun before a crash, or a new
 * one that is waited for. Its row is in the journal before anything is begun, and what is begun bears the row's name, so
 * that no crash makes two of it.
 */
public final class ElsewhereBackup implements Dumps {

    private static final String NOWHERE = "not begun yet";

    private final Catalog catalog;
    private final BackupJournal journal;
    private final Providers providers;
    private final Optional<Patience> patience;

    /** @param patience empty for those that suit the backup */
    ElsewhereBackup(Catalog catalog, BackupJournal journal, Providers providers, Optional<Patience> patience) {
        this.catalog = catalog;
        this.journal = journal;
        this.providers = providers;
        this.patience = patience;
    }

    public static ElsewhereBackup of(Catalog catalog, BackupJournal journal, Providers providers) {
        return new ElsewhereBackup(catalog, journal, providers, Optional.empty());
    }

    /** Knows who takes the backup of a plan. */
    public interface Providers {

        /**
         * Whoever it is.
         *
         * @param running told of each program that runs for it, so that it can be cancelled
         */
        Provider of(BackupSpec.Elsewhere spec, Consumer<Tool> running);
    }

    @Override
    public BackupOutcome takeAndVerify(RunRecord run, Plan plan, Attempt attempt) {
        if (!(plan.backup() instanceof BackupSpec.Elsewhere spec)) {
            throw new IllegalArgumentException("expected a backup that somebody else takes");
        }
        try (Interruption interruption = new Interruption(attempt.stop())) {
            Provider provider = providers.of(spec, interruption::watch);
            ElsewhereTask task = new ElsewhereTask(
                    run, plan, spec, attempt, provider, interruption, patience.orElseGet(() -> patience(spec)));
            List<KeptBackup> own = journal.of(run.id());
            Optional<KeptBackup> verified = in(KeptBackup.State.VERIFIED, own);
            if (verified.isPresent()) {
                return outcome(verified.get(), "taken at " + verified.get().startedAt());
            }
            Optional<KeptBackup> begun = in(KeptBackup.State.RUNNING, own);
            String id = begun.map(KeptBackup::id)
                    .orElseGet(() -> journal.started(
                            attempt, kind(spec), NOWHERE, BackupSpec.Verification.ATTESTED.word(), spec.maxAge()));
            return take(id, begun, task);
        }
    }

    private static Optional<KeptBackup> in(KeptBackup.State state, List<KeptBackup> own) {
        return own.stream().filter(backup -> backup.state() == state).findFirst();
    }

    private BackupOutcome take(String id, Optional<KeptBackup> begun, ElsewhereTask task) {
        try {
            return new ElsewhereTaking(catalog, journal, task, id).take(begun);
        } catch (Permanent permanent) {
            // Anything else is found again by the next attempt, as it was left.
            journal.failed(task.attempt(), id, permanent.explanation());
            throw permanent;
        }
    }

    /** Nobody's API is asked more than once a minute for long, and nobody waits a minute for what takes seconds. */
    private static Patience patience(BackupSpec.Elsewhere spec) {
        Duration first = spec instanceof BackupSpec.Command command ? command.every() : Duration.ofSeconds(2);
        Duration longest = Duration.ofMinutes(1);
        Backoff pauses = new Backoff(first, first.compareTo(longest) > 0 ? first : longest);
        return new Patience(pauses, CommandProvider.LIMIT);
    }

    static KeptBackup.Kind kind(BackupSpec.Elsewhere spec) {
        if (spec instanceof BackupSpec.Snapshot) {
            return KeptBackup.Kind.SNAPSHOT;
        }
        return spec instanceof BackupSpec.Command ? KeptBackup.Kind.COMMAND : KeptBackup.Kind.EXTERNAL;
    }

    private static BackupOutcome outcome(KeptBackup backup, String more) {
        return new BackupOutcome(
                backup.id(), "verified (" + backup.verification() + "), " + more + ", in " + backup.location());
    }
}
