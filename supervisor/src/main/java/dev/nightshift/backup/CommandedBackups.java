package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import java.util.Map;
import java.util.function.Function;

/** Finds whoever takes the backup of a plan: commands of the plan reach them, or a cluster does. */
public final class CommandedBackups {

    private CommandedBackups() {}

    /**
     * Nobody is reached before he is asked.
     *
     * @param environment of this process, of which the commands see what the plan names
     * @param snapshots whoever takes snapshots
     */
    public static ElsewhereBackup.Providers of(
            Map<String, String> environment, Function<BackupSpec.Snapshot, Provider> snapshots) {
        return (spec, running) -> {
            if (spec instanceof BackupSpec.Command command) {
                return new CommandProvider(
                        command, new BackupCommands(command.directory(), command.passed(), environment, running));
            }
            if (spec instanceof BackupSpec.External external) {
                return new ExternalProvider(
                        external, new BackupCommands(external.directory(), external.passed(), environment, running));
            }
            return snapshots.apply((BackupSpec.Snapshot) spec);
        };
    }
}
