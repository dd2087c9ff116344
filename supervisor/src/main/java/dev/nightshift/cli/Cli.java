package dev.nightshift.cli;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Trouble;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line, carries the command out and answers with its exit code; prints every failure in four lines. */
public final class Cli {

    private final Shell shell;
    private final RootCommand root = new RootCommand();

    public Cli(Surroundings around, CommandPorts ports) {
        this.shell = new Shell(around, ports);
    }

    /** The program's version. */
    public static String version() {
        return VersionCommand.number();
    }

    public int run(String... arguments) {
        return line(arguments).execute(arguments);
    }

    /** A command line that understands these arguments; without any, every command. */
    CommandLine line(String... arguments) {
        Surroundings around = shell.around();
        CommandLine line = CommandTree.of(root, shell, arguments);
        line.setOut(writer(around.out()));
        line.setErr(writer(around.err()));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(around.colour() ? Ansi.ON : Ansi.OFF));
        line.setParameterExceptionHandler(this::misread);
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
        line.setExecutionStrategy(parsed -> {
            root.tell(shell);
            return new CommandLine.RunLast().execute(parsed);
        });
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private int misread(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        String name = command.getCommandSpec().qualifiedName();
        err.println("see: " + name + " --help");
        return ExitCode.USAGE.code();
    }

    private int failed(Exception failure) {
        if (root.debug()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            shell.say(trace.toString());
        }
        if (failure instanceof Refusal refusal) {
            return told(refusal.code(), refusal.explanation());
        }
        if (failure instanceof Trouble trouble) {
            return told(ExitCode.of(trouble), trouble.explanation());
        }
        String what = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return told(
                ExitCode.INTERNAL,
                new Explanation(
                        "Nightshift met a defect of its own: "
                                + failure.getClass().getSimpleName() + what,
                        "carrying out the command",
                        "what was done before stands in the journal: nightshift history",
                        "run it again with --debug and report what it prints"));
    }

    private int told(ExitCode code, Explanation explanation) {
        List<String> lines = explanation.lines();
        lines.forEach(shell::say);
        return code.code();
    }
}
