package dev.nightshift.cli;

import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;

/** Says which Nightshift and which JVM this is. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand extends Verb {

    VersionCommand(Shell shell) {
        super(shell);
    }

    static String line() {
        String version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
        return "nightshift " + version + " (Java " + System.getProperty("java.version") + ")";
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        shell().data(line());
        return ExitCode.OK;
    }
}
