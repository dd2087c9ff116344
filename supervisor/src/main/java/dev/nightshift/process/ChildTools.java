package dev.nightshift.process;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.worker.Tools;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tools as processes on this machine. */
public final class ChildTools implements Tools {

    private static final String LOOK = "nightshift/tool/look";
    private static final String READ_ONLY = " -c default_transaction_read_only=on";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_LINES = 100_000;

    private final ToolEnvironment environment;

    /** @param worker the variables of this process */
    public ChildTools(DatabaseUrl url, Optional<String> password, Map<String, String> worker) {
        this.environment = new ToolEnvironment(url, password, worker);
    }

    /**
     * What a tool is told wherever it runs, with nothing secret in it.
     *
     * @param session the application_name
     * @param password what stands for it in the URL
     */
    public static Map<String, String> told(DatabaseUrl url, ExternalStep step, String session, String password) {
        return ToolEnvironment.told(url, step, session, password);
    }

    @Override
    public void endLeft(ExternalStep step) {
        // The pipe of its worker has ended, and with it whatever that one had started.
    }

    @Override
    public List<Explanation> problems(ExternalStep step) {
        Optional<Explanation> missing = missing(step);
        if (missing.isPresent()) {
            return List.of(missing.get());
        }
        return look(step).flatMap(RevisionLook::problem).stream().toList();
    }

    @Override
    public Running start(ExternalStep step, String session, Consumer<String> lines) {
        Map<String, String> variables = environment.of(step, session, "");
        return started(step, step.tool().words(), variables, new ToolProcess.Ears(lines, Optional.empty()));
    }

    /**
     * What the tool says that it would run.
     *
     * @throws Permanent when it does not say so
     */
    public String sql(ExternalStep step) {
        List<String> words = new ArrayList<>(step.sql());
        if (step.printsFromCurrent()) {
            String current = look(step)
                    .flatMap(RevisionLook::current)
                    .orElseThrow(() -> new Permanent(
                            explain(step, "the database's revision cannot be asked", "see `nightshift preflight`")));
            words.replaceAll(word -> word.replace(ExternalStep.CURRENT, current));
        }
        Printed printed = printed(step, words);
        if (!printed.isGood()) {
            throw new Permanent(explain(
                    step,
                    "its SQL cannot be printed: " + step.tool().saying(words) + " " + printed.ending(),
                    "run that command by hand in " + step.tool().place()));
        }
        return String.join("\n", printed.lines()) + "\n";
    }

    private Optional<RevisionLook> look(ExternalStep step) {
        return step.history()
                .revisions()
                .map(revisions -> new RevisionLook(step, revisions, words -> printed(step, words)));
    }

    /** Runs a command that takes a moment and writes nothing to the database. */
    private Printed printed(ExternalStep step, List<String> words) {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        List<String> complaints = Collections.synchronizedList(new ArrayList<>());
        Map<String, String> variables = environment.of(step, LOOK, READ_ONLY);
        ToolProcess.Ears ears =
                new ToolProcess.Ears(line -> bounded(lines, line), Optional.of(line -> bounded(complaints, line)));
        try (ToolProcess tool = started(step, words, variables, ears)) {
            OptionalInt exit = tool.exit(PATIENCE);
            return new Printed(exit, List.copyOf(lines), List.copyOf(complaints));
        }
    }

    private static void bounded(List<String> lines, String line) {
        if (lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    private static ToolProcess started(
            ExternalStep step, List<String> words, Map<String, String> variables, ToolProcess.Ears ears) {
        Mask mask = Mask.of(variables);
        ToolProcess.Ears masked = new ToolProcess.Ears(
                line -> ears.lines().accept(mask.of(line)),
                ears.complaints().map(taker -> line -> taker.accept(mask.of(line))));
        try {
            return ToolProcess.start(words, directory(step), variables, masked);
        } catch (IOException e) {
            throw new Permanent(
                    explain(step, "it cannot be started: " + e.getMessage(), "see `nightshift preflight`"), e);
        }
    }

    private Optional<Explanation> missing(ExternalStep step) {
        Path directory = directory(step);
        if (!Files.isDirectory(directory)) {
            return Optional.of(explain(step, "there is no directory " + directory, "correct `directory` in the plan"));
        }
        String program = step.tool().words().get(0);
        String path = environment.of(step, LOOK, "").getOrDefault("PATH", "");
        boolean found = program.contains("/")
                ? isProgram(directory, program)
                : Stream.of(path.split(File.pathSeparator, -1))
                        .filter(one -> !one.isEmpty())
                        .anyMatch(one -> isProgram(Path.of(one), program));
        return found
                ? Optional.empty()
                : Optional.of(explain(
                        step,
                        "there is no program " + program + (program.contains("/") ? "" : " in " + path),
                        "install it where the worker runs, or name it with its path"));
    }

    private static Path directory(ExternalStep step) {
        return step.tool().place().directory().orElseThrow();
    }

    private static boolean isProgram(Path directory, String name) {
        try {
            Path program = directory.resolve(name);
            return Files.isRegularFile(program) && Files.isExecutable(program);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Explanation explain(ExternalStep step, String what, String todo) {
        return new Explanation(
                "step " + step.name() + ": " + what, "looking at " + step.tool(), Explanation.NOTHING_CHANGED, todo);
    }
}
