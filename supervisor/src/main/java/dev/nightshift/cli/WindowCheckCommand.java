package dev.nightshift.cli;

import dev.nightshift.cli.screen.WindowLines;
import dev.nightshift.plan.Plan;
import dev.nightshift.view.Json;
import dev.nightshift.view.WindowCalendar;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says with its exit code whether a plan's window is open. */
@Command(
        name = "check",
        description = {
            "Say whether the window of a plan is open, and until when.",
            "Ends with 0 where it is open and 8 where it is closed; no database is asked, so a freeze is not seen."
        })
final class WindowCheckCommand extends Verb {

    @Mixin
    private final WindowOptions options = new WindowOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    WindowCheckCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.WINDOW_CLOSED);
    }

    @Override
    ExitCode carryOut() {
        Optional<Plan> plan = options.read(shell());
        if (plan.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<WindowCalendar> calendar =
                plan.get().windowSpec().map(spec -> WindowCalendar.of(spec, options.at(), 1));
        if (output.isJson()) {
            shell().data(Json.pretty(
                    calendar.map(found -> found.document(plan.get().name()))
                            .orElseGet(() -> WindowNextCommand.always(plan.get()))));
        } else {
            shell().data(calendar.map(WindowLines::check).orElse("open: the plan names no window"));
        }
        return calendar.map(WindowCalendar::isOpen).orElse(true) ? ExitCode.OK : ExitCode.WINDOW_CLOSED;
    }
}
