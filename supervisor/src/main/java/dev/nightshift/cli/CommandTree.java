package dev.nightshift.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands under their words, each with its exit codes in its help. */
final class CommandTree {

    private static final Set<ExitCode> ALWAYS = Set.of(ExitCode.INTERNAL, ExitCode.USAGE);
    private static final Map<String, Function<Shell, Object>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("submit", SubmitCommand::new);
        COMMANDS.put("serve", ServeCommand::new);
        COMMANDS.put("token", TokenCommand::new);
        COMMANDS.put("notify", NotifyCommand::with);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("lint", LintCommand::new);
        COMMANDS.put("trace", TraceCommand::new);
        COMMANDS.put("preflight", PreflightCommand::new);
        COMMANDS.put("wait", WaitCommand::new);
        COMMANDS.put("status", StatusCommand::new);
        COMMANDS.put("list", ListCommand::new);
        COMMANDS.put("pause", PauseCommand::new);
        COMMANDS.put("resume", ResumeCommand::new);
        COMMANDS.put("freeze", FreezeCommand::new);
        COMMANDS.put("thaw", ThawCommand::new);
        COMMANDS.put("abort", AbortCommand::new);
        COMMANDS.put("retry", RetryCommand::new);
        COMMANDS.put("approve", ApproveCommand::new);
        COMMANDS.put("history", HistoryCommand::new);
        COMMANDS.put("report", ReportCommand::new);
        COMMANDS.put("audit", AuditCommand::new);
        COMMANDS.put("backup", BackupCommand::with);
        COMMANDS.put("guards", GuardsCommand::with);
        COMMANDS.put("window", WindowCommand::with);
        COMMANDS.put("completion", CompletionCommand::new);
        COMMANDS.put("version", VersionCommand::new);
        COMMANDS.put("worker", WorkerCommand::new);
        COMMANDS.put("read-sql", ReadSqlCommand::new);
        COMMANDS.put("take-plan", TakePlanCommand::new);
        COMMANDS.put("train", TrainCommand::new);
    }

    private CommandTree() {}

    /**
     * The commands that are needed to read these arguments: the one that they name, else all. Reading the annotations of
     * all commands takes longer than everything else that a short command does.
     */
    static CommandLine of(RootCommand root, Shell shell, String... arguments) {
        CommandLine line = new CommandLine(root);
        Optional<String> only = named(arguments).filter(word -> !word.equals("completion"));
        COMMANDS.forEach((word, command) -> {
            if (only.isEmpty() || only.get().equals(word)) {
                line.addSubcommand(word, command.apply(shell));
            }
        });
        line.getSubcommands().values().forEach(CommandTree::describe);
        everyCode(line.getCommandSpec().usageMessage());
        line.getCommandSpec().version(VersionCommand.line());
        return line;
    }

    /** The first word that is no option; empty when it is no command either. */
    private static Optional<String> named(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--database")) {
                i++;
            } else if (!arguments[i].startsWith("-")) {
                return Optional.of(arguments[i]).filter(COMMANDS::containsKey);
            }
        }
        return Optional.empty();
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
