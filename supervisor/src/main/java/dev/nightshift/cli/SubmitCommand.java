package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.queue.Order;
import dev.nightshift.queue.Receipt;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a plan into the queue of its database. */
@Command(
        name = "submit",
        description = {
            "Put a plan into the queue of its database; `nightshift serve` carries it out when its turn comes.",
            "The same text again is answered with the run that there is. Nothing but the text is stored."
        })
final class SubmitCommand extends Verb {

    private static final DatabaseUrl OF_THE_SERVER = DatabaseUrl.parse("postgresql://nobody@localhost/server");

    @Parameters(paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Option(
            names = "--priority",
            paramLabel = "N",
            defaultValue = "0",
            description = "From -1000 to 1000; a higher one goes first (default: ${DEFAULT-VALUE}).")
    private int priority;

    @Option(names = "--again", description = "Also if a run of the same text has succeeded before. Needs --reason.")
    private boolean again;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why again; stored with user and host.")
    private String reason = "";

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    SubmitCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.REFUSED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        checkOptions();
        Optional<CommandPorts.Server> remote = reading.server().named(shell());
        PlanFile file = PlanFile.read(plan, remote.map(one -> OF_THE_SERVER).or(shell()::database));
        if (file.plan().isEmpty()) {
            file.problems().forEach(problem -> shell().say(problem.toString()));
            shell().say(file.verdict() + "; nothing was submitted");
            return ExitCode.USAGE;
        }
        Receipt receipt = remote.map(shell().ports()::submitting)
                .orElseGet(shell().ports()::submitting)
                .submit(draft(file.plan().get()));
        print(receipt);
        return ExitCode.OK;
    }

    private void checkOptions() {
        if (priority < Order.LOWEST || priority > Order.HIGHEST) {
            throw Shell.usage(
                    "--priority " + priority + " is out of bounds",
                    "give one from " + Order.LOWEST + " to " + Order.HIGHEST);
        }
        if (again == reason.isBlank()) {
            throw again
                    ? Shell.usage("--reason is missing", "say why it is done again: --again --reason 'restored from …'")
                    : Shell.usage("--reason is for --again", "leave it out, or say --again");
        }
    }

    private Submitting.Draft draft(Plan whole) {
        String who = shell().around().who();
        return new Submitting.Draft(
                whole,
                PlanFile.read(plan, Optional.empty()).plan().map(Plan::database),
                plan.toAbsolutePath(),
                priority,
                again ? Optional.of(reason) : Optional.empty(),
                who,
                who.substring(who.lastIndexOf('@') + 1));
    }

    private void print(Receipt receipt) {
        if (reading.isJson()) {
            shell().data(Json.pretty(Documents.submission(receipt)));
            return;
        }
        String run = "run " + receipt.run() + " of plan " + receipt.planName() + " ("
                + receipt.planHash().substring(0, 12) + ")";
        switch (receipt.outcome()) {
            case SUBMITTED -> shell().data("submitted: " + run + " waits in the queue; see: nightshift list");
            case ALREADY -> shell().data("already submitted: " + run + " is " + receipt.state());
            case SUCCEEDED -> {
                shell().data("nothing to do: " + run + " has succeeded");
                shell().say("to carry the same text out once more: nightshift submit " + plan + " --again --reason …");
            }
        }
    }
}
