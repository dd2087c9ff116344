package dev.nightshift.cli;

import dev.nightshift.announce.Answer;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.Trouble;
import dev.nightshift.view.Notification;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends a message that says of itself that nothing has happened. */
@Command(
        name = "test",
        description = "Send a test message to the receivers of a settings file, and say how each took it.")
final class NotifyTestCommand extends Verb {

    @Option(
            names = "--settings",
            required = true,
            paramLabel = "FILE",
            description = "The settings of `serve`, or any file with its key `notify`.")
    private Path settings = Path.of("");

    @Option(names = "--receiver", paramLabel = "NAME", description = "Only this one.")
    private @Nullable String receiver;

    NotifyTestCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        boolean all = true;
        for (Receiver one : chosen(ReceiversFile.read(shell(), settings))) {
            all &= taken(one);
        }
        return all ? ExitCode.OK : ExitCode.TRANSIENT;
    }

    private List<Receiver> chosen(List<Receiver> all) {
        List<Receiver> chosen = all.stream()
                .filter(one -> receiver == null || one.name().equals(receiver))
                .toList();
        if (chosen.isEmpty()) {
            throw Shell.usage(
                    settings + " has no receiver '" + receiver + "'",
                    "name one of: "
                            + String.join(", ", all.stream().map(Receiver::name).toList()));
        }
        return chosen;
    }

    private boolean taken(Receiver one) {
        Notification message = Notification.test(
                "test-" + UUID.randomUUID(), Instant.now(), shell().around().who());
        Optional<Answer> answer = Optional.empty();
        String words;
        try {
            answer = Optional.of(shell().ports().notifying().send(one, message));
            words = answer.get().words();
        } catch (Trouble trouble) {
            words = trouble.explanation().what();
        }
        boolean taken = answer.filter(said -> said.kind() == Answer.Kind.TAKEN).isPresent();
        shell().data(one.name() + ": " + (taken ? "took the test message: " : "did not take it: ") + words);
        return taken;
    }
}
