package dev.nightshift.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The word {@code nightshift} itself and the options that every command knows. */
@Command(
        name = "nightshift",
        description = "Runs heavy PostgreSQL migrations so that nobody has to stay up for them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class RootCommand {

    @Option(
            names = "--database",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "postgresql://user@host:5432/name; else NIGHTSHIFT_DATABASE."
                            + " The password comes from NIGHTSHIFT_PASSWORD, PGPASSWORD, NIGHTSHIFT_PASSWORD_FILE or ~/.pgpass.")
    private @Nullable String database;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours; so does NO_COLOR.")
    private boolean plain;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces and the log.")
    private boolean debug;

    Optional<String> database() {
        return Optional.ofNullable(database);
    }

    boolean plain() {
        return plain;
    }

    boolean debug() {
        return debug;
    }

    /** Reads the global options before a command is carried out. */
    void tell(Shell shell) {
        shell.setOptions(database(), this::plain);
    }

    /** A command line with a subcommand missing: show the help, as a mistake. */
    static int withoutCommand(CommandLine line) {
        line.usage(line.getErr());
        return ExitCode.USAGE.code();
    }
}
