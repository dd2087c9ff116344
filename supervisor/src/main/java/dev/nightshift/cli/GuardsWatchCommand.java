package dev.nightshift.cli;

import dev.nightshift.cli.screen.GuardLines;
import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Repaint;
import dev.nightshift.cli.screen.TerminalSize;
import dev.nightshift.drive.GuardLook;
import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.plan.Plan;
import dev.nightshift.view.GuardDocuments;
import dev.nightshift.view.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the guards see of a database and their limits, without a run. */
@Command(
        name = "watch",
        description = {
            "Show what the guards see, beside their limits, without a run; changes nothing and needs no journal.",
            "On a terminal one screen, renewed each second; else one line for each reading."
        })
final class GuardsWatchCommand extends Verb {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** A movement shows in the second look, and what a plan asks for has been answered by then. */
    private static final int LOOKS_BEFORE_ONE_IS_SHOWN = 3;

    @Parameters(
            arity = "0..1",
            paramLabel = "PLAN",
            description = "The plan whose limits, replicas and questions count; else the defaults, for --database.")
    private @Nullable Path plan;

    @Option(names = "--once", description = "Look for some seconds, show what was seen last, and end.")
    private boolean once;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            converter = Output.TextOrJson.class,
            description = "How it is printed (default: ${DEFAULT-VALUE}); json is one document a look.")
    private Output output = Output.TEXT;

    GuardsWatchCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK, ExitCode.FAILED, ExitCode.TRANSIENT);
    }

    @Override
    ExitCode carryOut() {
        Optional<Lookout.At> where = where();
        if (where.isEmpty()) {
            return ExitCode.USAGE;
        }
        Lookout.At at = where.get();
        try (Lookout lookout = shell().ports().lookout(at)) {
            if (once) {
                once(lookout, at);
            } else {
                watch(lookout, at);
            }
        }
        return ExitCode.OK;
    }

    /** Empty after saying what is wrong with the plan. */
    private Optional<Lookout.At> where() {
        if (plan == null) {
            return Optional.of(new Lookout.At(
                    shell().needDatabase(), DeclaredReplicas.DISCOVER, Map.of(), GuardSettings.DEFAULTS));
        }
        PlanFile file = PlanFile.read(plan, shell().database());
        Optional<Plan> whole = file.plan();
        if (whole.isEmpty()) {
            file.problems().forEach(problem -> shell().say(problem.toString()));
            shell().say(file.verdict());
        }
        return whole.map(read -> new Lookout.At(read.database(), read.replicas(), read.standbys(), read.guards()));
    }

    private void once(Lookout lookout, Lookout.At at) {
        GuardLook.Seen seen = lookout.look();
        for (int look = 1; look < LOOKS_BEFORE_ONE_IS_SHOWN; look++) {
            shell().around().pulse().rest(LOOK_AGAIN);
            seen = lookout.look();
        }
        if (output == Output.JSON) {
            shell().data(Json.pretty(
                    GuardDocuments.seen(at.database(), seen.judgement(), seen.problems(), at.guards())));
        } else {
            screen(seen, at, shell().columns()).forEach(shell()::data);
        }
    }

    private void watch(Lookout lookout, Lookout.At at) {
        if (output == Output.JSON) {
            follow(
                    lookout,
                    seen -> shell().data(Json.line(
                            GuardDocuments.seen(at.database(), seen.judgement(), seen.problems(), at.guards()))));
        } else if (!shell().around().terminal()) {
            follow(lookout, seen -> lines(at).readings(seen).forEach(shell()::data));
        } else {
            Repaint repaint = new Repaint(
                    shell().around().out(), shell().colour(), shell().around().unicode());
            try (TerminalSize size = TerminalSize.follow()) {
                follow(lookout, seen -> repaint.draw(screen(seen, at, size.columns()), size.rows()));
            }
        }
    }

    private void follow(Lookout lookout, Consumer<GuardLook.Seen> shown) {
        while (!Thread.currentThread().isInterrupted()) {
            shown.accept(lookout.look());
            shell().around().pulse().rest(LOOK_AGAIN);
        }
    }

    private List<Line> screen(GuardLook.Seen seen, Lookout.At at, int width) {
        return lines(at).screen(seen, width);
    }

    private GuardLines lines(Lookout.At at) {
        return new GuardLines(at.database(), at.guards(), shell().around().zone());
    }
}
