package dev.nightshift.cli;

import dev.nightshift.cli.screen.TraceLines;
import dev.nightshift.guards.lint.Runner;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.lint.SqlFiles;
import dev.nightshift.lint.Unreadable;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.StatementTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Carries out SQL files in a scratch database and says what each statement really did. */
@Command(
        name = "trace",
        description = {
            "Carry out SQL files in a scratch database (--database, never taken from the environment) and say of each"
                    + " statement what it locked, rewrote and scanned, how long it took and how much WAL it wrote.",
            "Refuses a database that others use, that holds a journal, or whose server feeds standbys."
        })
final class TraceCommand extends Verb {

    @Parameters(
            paramLabel = "FILES|DIRS|-",
            arity = "1..*",
            description = "SQL files, directories that hold some, or - for standard input.")
    private List<String> names = List.of();

    @Mixin
    private final OutputOption output = new OutputOption();

    TraceCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.FAILED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        List<Script> scripts = scripts();
        List<StatementTrace> traces = new ArrayList<>();
        boolean whole = shell().ports().tracing().trace(shell().needNamedDatabase(), scripts, trace -> {
            traces.add(trace);
            if (!output.isJson()) {
                TraceLines.of(trace).forEach(shell()::data);
            }
        });
        if (output.isJson()) {
            Map<String, Object> document = Documents.of("TraceReport");
            document.put("statements", traces.stream().map(TraceCommand::tree).toList());
            shell().data(Json.pretty(document));
        }
        return whole ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<Script> scripts() {
        try {
            return SqlFiles.named(names).stream()
                    .map(file -> file.read(Runner.PSQL, shell().around().in()))
                    .toList();
        } catch (Unreadable e) {
            throw Refusal.unreadable(e, "reading what is to be traced");
        }
    }

    private static Map<String, Object> tree(StatementTrace trace) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", trace.file());
        tree.put("line", trace.line());
        tree.put("column", trace.column());
        tree.put("statement", trace.statement());
        tree.put("locks", trace.locks().stream().map(TraceCommand::lock).toList());
        tree.put("rewrote", trace.rewrote());
        tree.put("scanned", trace.scanned());
        tree.put("took", trace.took());
        tree.put("walBytes", trace.walBytes());
        tree.put("alone", trace.alone());
        tree.put("error", trace.error());
        return tree;
    }

    private static Map<String, Object> lock(StatementTrace.Lock lock) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mode", lock.mode());
        tree.put("relation", lock.relation());
        return tree;
    }
}
