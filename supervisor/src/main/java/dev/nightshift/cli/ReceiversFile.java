package dev.nightshift.cli;

import dev.nightshift.plan.NotifyReading;
import dev.nightshift.plan.Receiver;
import dev.nightshift.plan.ServeReader;
import java.nio.file.Path;
import java.util.List;

/** The receivers of a settings file. */
final class ReceiversFile {

    private ReceiversFile() {}

    /** @throws Refusal when it has problems; they are said */
    static List<Receiver> read(Shell shell, Path file) {
        NotifyReading reading = ServeReader.receivers(file.toString(), PlanFile.text("the settings", file));
        if (!reading.problems().isEmpty()) {
            reading.problems().forEach(problem -> shell.say(problem.toString()));
            throw Shell.usage(file + " does not say whom to tell", "put it right; docs/notify.md has every key");
        }
        return reading.receivers();
    }
}
