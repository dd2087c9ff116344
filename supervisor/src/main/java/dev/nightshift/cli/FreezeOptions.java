package dev.nightshift.cli;

import dev.nightshift.view.Freezes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Why a database is frozen or thawed, and through whom. */
final class FreezeOptions {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stored with user and host.")
    private String reason = "";

    @Mixin
    private final ServerOption server = new ServerOption();

    CommandPorts.Access open(Shell shell) {
        return server.open(shell);
    }

    Freezes.Asked wish(Shell shell, String word) {
        if (reason.isBlank()) {
            throw Shell.usage("--reason is missing", "say why: nightshift " + word + " --reason 'year-end closing'");
        }
        String who = shell.around().who();
        return new Freezes.Asked(reason, who, who.substring(who.lastIndexOf('@') + 1));
    }
}
