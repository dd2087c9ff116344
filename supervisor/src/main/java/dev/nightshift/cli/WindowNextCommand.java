package dev.nightshift.cli;

import dev.nightshift.cli.screen.WindowLines;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.WindowSpec;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.WindowCalendar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the next openings and closes of a plan's window. */
@Command(
        name = "next",
        description = {
            "Show when the window of a plan opens and closes next, in its zone and in UTC.",
            "Exceptions and changes of the clocks are named; no database is asked, so a freeze is not seen."
        })
final class WindowNextCommand extends Verb {

    private static final int MOST = 1000;

    @Mixin
    private final WindowOptions options = new WindowOptions();

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "5",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int count = 5;

    @Mixin
    private final OutputOption output = new OutputOption();

    WindowNextCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        if (count < 1 || count > MOST) {
            throw Shell.usage("-n " + count + " is not from 1 to " + MOST, "ask for fewer");
        }
        Optional<Plan> plan = options.read(shell());
        if (plan.isEmpty()) {
            return ExitCode.USAGE;
        }
        Optional<WindowCalendar> calendar =
                plan.get().windowSpec().map(spec -> WindowCalendar.of(spec, options.at(), count));
        if (output.isJson()) {
            shell().data(Json.pretty(
                    calendar.map(found -> found.document(plan.get().name())).orElseGet(() -> always(plan.get()))));
        } else {
            plan.get()
                    .windowSpec()
                    .ifPresentOrElse(this::title, () -> shell().data("always open: the plan names no window"));
            calendar.ifPresent(found -> WindowLines.of(found).forEach(shell()::data));
        }
        return ExitCode.OK;
    }

    private void title(WindowSpec spec) {
        shell().data("window: " + WindowLines.title(spec));
    }

    /** A plan without a window. */
    static Map<String, Object> always(Plan plan) {
        Map<String, Object> document = Documents.of("WindowCalendar");
        document.put("plan", plan.name());
        document.put("open", true);
        document.put("openings", List.of());
        return document;
    }
}
