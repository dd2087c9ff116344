package dev.nightshift.cli;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.view.Beforehand;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.WorkStop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends a run's work for good and starts its abort plan; works with no supervisor alive. */
@Command(
        name = "abort",
        description = {
            "End a run's work for good and carry out its abort plan. Needs --reason.",
            "A live supervisor does it; else this command stops the work in the database and supervises the abort plan.",
            "With --immediate this command stops the work itself in either case."
        })
final class AbortCommand extends SupervisingCommand {

    /** A supervisor looks once a second; one that has not answered by then may be frozen. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(4);

    @Option(names = "--immediate", description = "Do not wait for the batch in flight: end the worker's sessions.")
    private boolean immediate;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    private boolean stopped;

    AbortCommand(Shell shell) {
        super(shell);
    }

    @Override
    Intent.Kind kind() {
        return Intent.Kind.ABORT;
    }

    @Override
    boolean immediate() {
        return immediate;
    }

    @Override
    boolean needsReason() {
        return !dryRun;
    }

    @Override
    Optional<ExitCode> beforehand(CommandPorts.Access access, StatusView view) {
        if (!dryRun) {
            return super.beforehand(access, view);
        }
        if (Beforehand.of(kind(), immediate, "", view) instanceof Beforehand.Refused refused) {
            throw Refusal.wrongState(refused.why());
        }
        wouldDo(view);
        return Optional.of(ExitCode.OK);
    }

    /** The API stops the work by itself. */
    @Override
    void written(CommandPorts.Access access, StatusView view) {
        if (!access.isDirect()) {
            return;
        }
        WorkStop stop = WorkStop.onAbort(access.intents(), view, immediate);
        if (stop instanceof WorkStop.Stopped) {
            stopped = true;
            sayStopped();
        } else if (stop instanceof WorkStop.LeftToSupervisor left) {
            shell().say("left to the supervisor: " + left.why().what());
        }
    }

    @Override
    void waiting(CommandPorts.Access access, StatusView view, Duration passed) {
        if (stopped || passed.compareTo(ANSWERS_WITHIN) < 0) {
            return;
        }
        stopped = true;
        if (!access.isDirect()) {
            shell().say("the supervisor does not answer: abort with --database to stop the work in the database");
            return;
        }
        shell().say("the supervisor does not answer: stopping the work in the database");
        if (Beforehand.stopsWork(true, view)) {
            access.intents().stopWork(view.run().id(), immediate);
            sayStopped();
        }
    }

    @Override
    ExitCode observed(StatusView after) {
        RunState state = after.run().state();
        boolean aborts = state instanceof Aborting || state instanceof Aborted || state instanceof AbortIncomplete;
        return aborts ? ExitCode.OK : ExitCode.WRONG_STATE;
    }

    @Override
    String unattended(StatusView view) {
        return "the work has stopped for good; the abort plan begins with: nightshift resume "
                + view.run().id();
    }

    private void sayStopped() {
        shell().say("the permit is revoked and the epoch raised: nothing of the worker can commit any more");
    }

    private void wouldDo(StatusView view) {
        String how = immediate ? "end the worker's sessions at once" : "let the batch in flight finish, begin no other";
        shell().data("would " + how + ", then carry out the abort plan of run "
                + view.run().id() + " (" + view.run().plan() + "):");
        List<StepRecord> steps = view.steps().stream().filter(StepRecord::abort).toList();
        steps.forEach(step -> shell().data("  " + step.name() + "  (" + step.kind() + ")"));
        if (steps.isEmpty()) {
            shell().data("  no steps: what the run itself left half made is cleared away");
        }
    }
}
