package dev.nightshift.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes the dumps that nobody needs any more. */
@Command(
        name = "prune",
        description = {
            "Delete dumps on this machine that nobody needs any more, with their manifests.",
            "Never those of a run that is under way, failed or was aborted, nor the newest verified one of a plan. Snapshots"
                    + " and what others keep are told, and deleted there."
        })
final class BackupPruneCommand extends Verb {

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many of the newest of each plan stay; without it ${DEFAULT-VALUE}.")
    private int keep;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            defaultValue = "7d",
            converter = DurationText.class,
            description = "Younger ones stay; without it ${DEFAULT-VALUE}.")
    private Duration olderThan = Duration.ofDays(7);

    @Option(names = "--dry-run", description = "Delete nothing; say what would be.")
    private boolean dry;

    BackupPruneCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.BACKUP_FAILED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        if (keep < 1) {
            throw Shell.usage("expected --keep to be 1 or more, found " + keep, "one verified backup always stays");
        }
        List<BackupPrune.Fate> fates = shell().ports().prune().prune(shell().needDatabase(), keep, olderThan, dry);
        fates.forEach(fate -> shell().data(line(fate)));
        if (fates.isEmpty()) {
            shell().say("the journal knows no verified backup");
        }
        return fates.stream().allMatch(fate -> fate.broken().isEmpty()) ? ExitCode.OK : ExitCode.BACKUP_FAILED;
    }

    private String line(BackupPrune.Fate fate) {
        String what = fate.id() + "  " + fate.location();
        return fate.broken()
                .map(why -> "broken   " + what + ": " + why)
                .or(() -> fate.stays().map(why -> "stays    " + what + ": " + why))
                .orElse((dry ? "would go " : "deleted  ") + what);
    }
}
