package dev.nightshift.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands under their words, each with its exit codes in its help. */
final class CommandTree {

    private static final Set<ExitCode> ALWAYS = Set.of(ExitCode.INTERNAL, ExitCode.USAGE);

    private CommandTree() {}

    static CommandLine of(RootCommand root, Shell shell) {
        CommandLine line = new CommandLine(root);
        line.addSubcommand(new RunCommand(shell))
                .addSubcommand(new CheckCommand(shell))
                .addSubcommand(new StatusCommand(shell))
                .addSubcommand(new PauseCommand(shell))
                .addSubcommand(new ResumeCommand(shell))
                .addSubcommand(new AbortCommand(shell))
                .addSubcommand(new RetryCommand(shell))
                .addSubcommand(new ApproveCommand(shell))
                .addSubcommand(new HistoryCommand(shell))
                .addSubcommand(new ReportCommand(shell))
                .addSubcommand(BackupCommand.with(shell))
                .addSubcommand(new CompletionCommand(shell))
                .addSubcommand(new VersionCommand(shell))
                .addSubcommand(new WorkerCommand(shell));
        line.getSubcommands().values().forEach(CommandTree::describe);
        everyCode(line.getCommandSpec().usageMessage());
        line.getCommandSpec().version(VersionCommand.line());
        return line;
    }

    private static void describe(CommandLine command) {
        command.getSubcommands().values().forEach(CommandTree::describe);
        command.getCommandSpec().version(VersionCommand.line());
        if (command.getCommand() instanceof Verb verb) {
            TreeSet<ExitCode> codes = new TreeSet<>(verb.endings());
            codes.addAll(ALWAYS);
            print(command.getCommandSpec().usageMessage(), codes);
        }
    }

    private static void everyCode(UsageMessageSpec usage) {
        print(usage, new TreeSet<>(Set.of(ExitCode.values())));
    }

    private static void print(UsageMessageSpec usage, Set<ExitCode> codes) {
        Map<String, String> lines = new LinkedHashMap<>();
        codes.forEach(code -> lines.put(Integer.toString(code.code()), code.meaning()));
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(lines);
    }
}
