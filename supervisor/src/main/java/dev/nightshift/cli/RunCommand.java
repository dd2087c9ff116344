package dev.nightshift.cli;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Planned;
import dev.nightshift.view.QueueView;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Carries out a plan, supervised in the foreground. */
@Command(
        name = "run",
        description = {
            "Carry out a plan and supervise it in the foreground.",
            "Ctrl-C or a lost terminal stops the work within seconds; the run stays, and `nightshift resume` goes on."
        })
final class RunCommand extends Verb {

    @Parameters(paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Mixin
    private final SupervisingOptions metrics = new SupervisingOptions();

    RunCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return EnumSet.complementOf(EnumSet.of(ExitCode.WRONG_STATE, ExitCode.TIMEOUT));
    }

    @Override
    ExitCode carryOut() {
        PlanFile file = PlanFile.read(plan, shell().database());
        if (file.plan().isEmpty()) {
            file.problems().forEach(problem -> shell().say(problem.toString()));
            shell().say(file.verdict() + "; nothing was changed");
            return ExitCode.USAGE;
        }
        Plan whole = file.plan().get();
        refuseBeside(whole);
        return new Foreground(shell(), metrics).run(whole, plan);
    }

    /** One run at a time works on a database. */
    private void refuseBeside(Plan whole) {
        try (CommandPorts.Access access = shell().ports().open(whole.database())) {
            Optional<StatusView> other = access.reader()
                    .status(Optional.empty())
                    .filter(view -> !view.run().state().isEnd() && !(view.run().state() instanceof Planned));
            if (other.isPresent()) {
                throw occupied(other.get());
            }
            pass(access.reader().queue(), whole);
        }
    }

    /** A run that a person begins by hand goes before those that wait, but the same text is not carried out twice. */
    private void pass(QueueView queue, Plan whole) {
        for (QueueView.Waits one : queue.waiting()) {
            RunView run = one.run();
            if (run.planHash().equals(whole.hash().hex())) {
                throw new Refusal(
                        ExitCode.LOCKED,
                        new Explanation(
                                "run " + run.id() + " of the same text waits in the queue of this database",
                                "beginning another run",
                                Explanation.NOTHING_CHANGED,
                                "let `nightshift serve` carry it out, or first: nightshift abort " + run.id()
                                        + " --reason …"));
            }
            shell().say("this run goes before run " + run.id() + " of plan " + run.plan()
                    + ", which waits in the queue");
        }
    }

    private static Refusal occupied(StatusView other) {
        String id = other.run().id().text();
        String todo = other.supervised()
                ? "wait for it, or: nightshift abort " + id + " --reason …"
                : "go on with it: nightshift resume " + id + ", or: nightshift abort " + id + " --reason …";
        return new Refusal(
                ExitCode.LOCKED,
                new Explanation(
                        "run " + id + " of plan " + other.run().plan() + " is "
                                + other.run().state().word() + " on this database",
                        "beginning another run",
                        Explanation.NOTHING_CHANGED,
                        todo));
    }
}
