package dev.nightshift.cli;

import dev.nightshift.announce.Tidings;
import dev.nightshift.cli.screen.AsideAnnouncer;
import dev.nightshift.cli.screen.EventLines;
import dev.nightshift.cli.screen.LiveScreen;
import dev.nightshift.cli.screen.LiveStatus;
import dev.nightshift.cli.screen.Repaint;
import dev.nightshift.cli.screen.StatusLines;
import dev.nightshift.cli.screen.SummaryLines;
import dev.nightshift.cli.screen.TerminalSize;
import dev.nightshift.drive.Announcer;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.Receiver;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Trouble;
import dev.nightshift.view.RunView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Supervises a run in the foreground: a live view on a terminal, a JSON line an event elsewhere, then the summary. */
final class Foreground {

    private final Shell shell;
    private final SupervisingOptions options;

    Foreground(Shell shell, SupervisingOptions options) {
        this.shell = shell;
        this.options = options;
    }

    ExitCode run(Plan plan, Path file) {
        Supervision supervision = shell.ports().supervision(options.kubernetes(shell));
        String who = shell.around().who();
        return exposed(
                plan.name(),
                plan.database(),
                announcer -> supervision.run(plan, file.toAbsolutePath(), who, announcer));
    }

    ExitCode takeOver(DatabaseUrl url, RunView run) {
        Supervision supervision = shell.ports().supervision(options.kubernetes(shell));
        return exposed(run.plan(), url, announcer -> supervision.takeOver(url, run.id(), announcer));
    }

    private ExitCode exposed(String plan, DatabaseUrl url, Function<Announcer, Optional<RunRecord>> supervision) {
        List<Receiver> receivers = options.receivers(shell);
        if (options.port().isEmpty()) {
            return told(url, receivers, (receiver, outcome) -> {}, supervision);
        }
        int port = options.port().get();
        List<String> names = receivers.stream().map(Receiver::name).toList();
        try (Exposition.Shown shown = shell.ports().exposition().show(port, plan, url.database(), names)) {
            shell.say("metrics at http://localhost:" + shown.port() + "/metrics");
            ExitCode code = told(
                    url,
                    receivers,
                    shown::attempted,
                    screen -> supervision.apply(Announcer.all(screen, shown.announcer())));
            shell.around().pulse().rest(options.linger());
            return code;
        }
    }

    /** The screen is the run's: what goes wrong with the telling is said after it. */
    private ExitCode told(
            DatabaseUrl url,
            List<Receiver> receivers,
            BiConsumer<String, Tidings.Outcome> counted,
            Function<Announcer, Optional<RunRecord>> supervision) {
        if (receivers.isEmpty()) {
            return supervise(url, supervision);
        }
        Queue<String> troubles = new ConcurrentLinkedQueue<>();
        Tidings tidings = new Tidings() {
            @Override
            public void attempted(String receiver, Outcome outcome) {
                counted.accept(receiver, outcome);
            }

            @Override
            public void trouble(String receiver, String sentence) {
                troubles.add("receiver " + receiver + " " + sentence);
            }
        };
        Notifying.Begun telling = shell.ports().notifying().begin(receivers, url, tidings);
        ExitCode code;
        int left;
        try {
            code = supervise(url, supervision);
        } finally {
            left = telling.leave();
            troubles.forEach(shell::say);
        }
        if (left > 0) {
            shell.say(
                    left + " notifications are left to deliver: the next command with --notify, or `nightshift serve`,"
                            + " delivers them");
        }
        return code;
    }

    private ExitCode supervise(DatabaseUrl url, Function<Announcer, Optional<RunRecord>> supervision) {
        boolean live = shell.around().terminal();
        Optional<TerminalSize> size = live ? Optional.of(TerminalSize.follow()) : Optional.empty();
        Optional<RunRecord> left;
        try (AsideAnnouncer announcer = new AsideAnnouncer(screen(url, size))) {
            left = supervision.apply(announcer);
        } finally {
            size.ifPresent(TerminalSize::close);
        }
        return left.map(run -> ended(url, run)).orElseThrow(Foreground::taken);
    }

    private Announcer screen(DatabaseUrl url, Optional<TerminalSize> size) {
        Surroundings around = shell.around();
        if (size.isEmpty()) {
            return new EventLines(around.out(), Instant::now);
        }
        return new LiveScreen(
                new LiveStatus(url.database(), around.who(), Instant.now()),
                new StatusLines(around.zone()),
                new Repaint(around.out(), shell.colour(), around.unicode()),
                size.get(),
                Instant::now);
    }

    private ExitCode ended(DatabaseUrl url, RunRecord run) {
        try (CommandPorts.Access access = shell.ports().open(url)) {
            access.reader()
                    .summary(run.id())
                    .ifPresent(summary -> new SummaryLines(shell.around().zone())
                            .of(summary, shell.columns())
                            .forEach(line -> shell.say(
                                    line.text(shell.colour(), shell.around().unicode()))));
        } catch (Trouble e) {
            shell.say("the summary cannot be read now (" + e.explanation().what() + "): nightshift report " + run.id());
        }
        return ExitCode.of(run.state());
    }

    private static Refusal taken() {
        return new Refusal(
                ExitCode.LOCKED,
                new Explanation(
                        "another supervisor looks after this database",
                        "taking its lease",
                        "as that supervisor has it; this command changed nothing",
                        "watch it with: nightshift status"));
    }
}
