package dev.nightshift.cli;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.QueueLines;
import dev.nightshift.cli.screen.Repaint;
import dev.nightshift.cli.screen.StatusLines;
import dev.nightshift.cli.screen.TerminalSize;
import dev.nightshift.run.RunId;
import dev.nightshift.run.Transient;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.RunReader;
import dev.nightshift.view.StatusView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where a run stands, once or until it ends. */
@Command(
        name = "status",
        description = {
            "Show where a run stands: on a terminal until it ends, else once.",
            "With -o json and --watch: one document a line."
        })
final class StatusCommand extends Verb {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "",
            description = "The run's id; else the active run, else the newest.")
    private String run = "";

    @Option(
            names = {"-w", "--watch"},
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Look again each second until the run ends (default: on a terminal).")
    private @Nullable Boolean watch;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    @Option(names = "--exit-code", description = "End with the code of the run's state; an active run's is 0.")
    private boolean exitCode;

    StatusCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return ExitCode.endsOfARunAnd(ExitCode.WINDOW_CLOSED, ExitCode.PAUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        boolean watches = Optional.ofNullable(watch).orElse(shell().around().terminal() && !reading.isJson());
        Optional<RunId> id = shell().run(run);
        StatusView last;
        try (CommandPorts.Access access = reading.server().open(shell())) {
            StatusView first = look(access.reader(), id);
            last = watches && !first.run().state().isEnd() ? watch(access.reader(), first) : show(first);
            if (id.isEmpty() && !reading.isJson()) {
                new QueueLines(shell().around().zone())
                        .beside(access.reader().queue())
                        .forEach(shell()::data);
            }
        }
        return exitCode ? ExitCode.of(last.run().state()) : ExitCode.OK;
    }

    private StatusView look(RunReader reader, Optional<RunId> id) {
        return reader.status(id).orElseThrow(() -> Refusal.noRun(run));
    }

    private StatusView show(StatusView view) {
        if (reading.isJson()) {
            shell().data(Json.pretty(Documents.status(view)));
        } else {
            lines(view, shell().columns()).forEach(shell()::data);
        }
        return view;
    }

    private StatusView watch(RunReader reader, StatusView first) {
        if (reading.isJson() || !shell().around().terminal()) {
            return follow(reader, first, this::print, () -> {});
        }
        Repaint repaint = new Repaint(
                shell().around().out(), shell().colour(), shell().around().unicode());
        try (TerminalSize size = TerminalSize.follow()) {
            return follow(reader, first, view -> repaint.draw(lines(view, size.columns()), size.rows()), repaint::keep);
        }
    }

    /**
     * @param interrupted told before a line is printed in between
     */
    private StatusView follow(RunReader reader, StatusView first, Consumer<StatusView> shown, Runnable interrupted) {
        StatusView view = first;
        shown.accept(view);
        while (!view.run().state().isEnd() && !Thread.currentThread().isInterrupted()) {
            shell().around().pulse().rest(LOOK_AGAIN);
            try {
                view = look(reader, Optional.of(first.run().id()));
                shown.accept(view);
            } catch (Transient away) {
                interrupted.run();
                shell().say(away.explanation().what() + "; looking again");
            }
        }
        return view;
    }

    private void print(StatusView view) {
        if (reading.isJson()) {
            shell().data(Json.line(Documents.status(view)));
        } else {
            lines(view, shell().columns()).forEach(shell()::data);
            shell().data("");
        }
    }

    private List<Line> lines(StatusView view, int width) {
        return new StatusLines(shell().around().zone()).of(view, width);
    }
}
