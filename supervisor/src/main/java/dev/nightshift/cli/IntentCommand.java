package dev.nightshift.cli;

import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import dev.nightshift.view.Beforehand;
import dev.nightshift.view.Intents;
import dev.nightshift.view.NotAllowed;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.StatusView;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command to a run: written into the journal, then waited for, or carried out here where nobody supervises.
 *
 * <p>Safe to repeat: what already holds is said to hold.
 */
abstract class IntentCommand extends Verb {

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            defaultValue = "",
            description = "The run's id; else the active run, else the newest.")
    private String run = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stored with user and host.")
    private String reason = "";

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until the command was observed (default); --no-wait only writes it down.")
    private boolean waits;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationText.class,
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(30);

    @Mixin
    private final ServerOption server = new ServerOption();

    IntentCommand(Shell shell) {
        super(shell);
    }

    abstract Intent.Kind kind();

    /**
     * Answers at once where the run's state leaves nothing to do, or refuses; empty to go on. A server refuses by itself: who
     * asks is the bearer of a token there, and what was refused is written down under that name.
     */
    Optional<ExitCode> beforehand(CommandPorts.Access access, StatusView view) {
        boolean direct = access.isDirect();
        Beforehand found =
                Beforehand.of(kind(), immediate(), direct ? shell().around().who() : "", view);
        if (found instanceof Beforehand.Refused refused && direct) {
            access.intents().refused(asked(view), refused.why().what());
            throw Refusal.wrongState(refused.why());
        }
        if (found instanceof Beforehand.Already already) {
            shell().data("run " + view.run().id() + ": " + already.how());
            return Optional.of(ExitCode.OK);
        }
        return Optional.empty();
    }

    boolean immediate() {
        return false;
    }

    boolean needsReason() {
        return false;
    }

    /** How this process shows the run that it takes over when nobody supervises; empty when it never does. */
    abstract Optional<SupervisingOptions> takesOver();

    /** Done after the command was written and before anybody is waited for; {@code view} is from before that. */
    void written(CommandPorts.Access access, StatusView view) {}

    /** With which code to end when the command was observed and left the run like this. */
    ExitCode observed(StatusView after) {
        return ExitCode.OK;
    }

    /** What is said when nobody supervises and nobody will here. */
    abstract String unattended(StatusView view);

    @Override
    ExitCode carryOut() {
        if (needsReason() && reason.isBlank()) {
            throw Shell.usage(
                    "--reason is missing", "say why: nightshift " + word() + " --reason 'orders page is slow'");
        }
        Optional<RunId> named = shell().run(run);
        StatusView alone;
        try (CommandPorts.Access access = server.open(shell())) {
            StatusView view = access.reader().status(named).orElseThrow(() -> Refusal.noRun(run));
            Optional<ExitCode> early = beforehand(access, view);
            if (early.isPresent()) {
                return early.get();
            }
            alone = view;
            Optional<ExitCode> settled = ask(access, view);
            if (settled.isPresent()) {
                return settled.get();
            }
        }
        shell().say("no supervisor is alive: supervising run " + alone.run().id()
                + " here; Ctrl-C stops the work and keeps the run");
        return new Foreground(shell(), takesOver().orElseGet(SupervisingOptions::new))
                .takeOver(shell().needDatabase(), alone.run());
    }

    /** Empty when this process should take the run over. */
    private Optional<ExitCode> ask(CommandPorts.Access access, StatusView view) {
        boolean supervised = view.supervised();
        long number = number(access, view);
        shell().say("command " + number + ": " + word() + " run " + view.run().id() + " ("
                + view.run().plan() + "), asked by "
                + (access.isDirect() ? shell().around().who() : "the token's bearer"));
        written(access, view);
        if (supervised && !waits) {
            shell().data("written down; watch it with: nightshift status "
                    + view.run().id());
            return Optional.of(ExitCode.OK);
        }
        return settle(access, view, number);
    }

    private long number(CommandPorts.Access access, StatusView view) {
        try {
            return access.intents().ask(asked(view));
        } catch (NotAllowed refused) {
            throw Refusal.wrongState(refused.explanation());
        }
    }

    private Intents.Asked asked(StatusView view) {
        String who = shell().around().who();
        return new Intents.Asked(
                view.run().id(),
                kind(),
                immediate(),
                reason.isBlank() ? "no reason given" : reason,
                who,
                who.substring(who.lastIndexOf('@') + 1));
    }

    private Optional<ExitCode> settle(CommandPorts.Access access, StatusView view, long number) {
        Settling settling =
                new Settling(shell().around().pulse(), access, view.run().id(), number);
        Settling.Answer answer = settling.within(timeout, passed -> waiting(access, view, passed));
        return switch (answer.kind()) {
            case OBSERVED -> {
                shell().data("run " + view.run().id() + ": " + answer.outcome());
                yield Optional.of(observed(answer.view()));
            }
            case TIMED_OUT -> {
                shell().say("not observed within " + Quantity.time(timeout) + "; it stays written down");
                yield Optional.of(ExitCode.TIMEOUT);
            }
            case NOBODY -> {
                if (takesOver().isPresent() && waits && access.isDirect()) {
                    yield Optional.empty();
                }
                shell().data(unattended(answer.view()));
                yield Optional.of(ExitCode.OK);
            }
        };
    }

    /** Told each time the command was looked for in vain. */
    void waiting(CommandPorts.Access access, StatusView view, Duration passed) {}

    final String word() {
        return kind().name().toLowerCase(Locale.ROOT);
    }
}
