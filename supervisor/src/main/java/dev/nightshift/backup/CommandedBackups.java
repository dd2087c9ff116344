package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.util.Map;

/** Finds whoever takes the backup of a plan, where commands of the plan reach them. */
public final class CommandedBackups {

    private CommandedBackups() {}

    /** @param environment of this process, of which the commands see what the plan names */
    public static ElsewhereBackup.Providers of(Map<String, String> environment) {
        return (spec, running) -> {
            if (spec instanceof BackupSpec.Command command) {
                return new CommandProvider(
                        command, new BackupCommands(command.directory(), command.environment(), environment, running));
            }
            if (spec instanceof BackupSpec.External external) {
                return new ExternalProvider(
                        external,
                        new BackupCommands(external.directory(), external.environment(), environment, running));
            }
            throw new Permanent(new Explanation(
                    "this supervisor takes no VolumeSnapshots",
                    "asking for the backup",
                    Explanation.NOTHING_CHANGED,
                    "give the plan another backup"));
        };
    }
}
