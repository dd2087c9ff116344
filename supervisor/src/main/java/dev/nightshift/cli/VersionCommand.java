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
        return "nightshift " + number() + " (Java " + System.getProperty("java.version") + ")";
    }

    static String number() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
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
