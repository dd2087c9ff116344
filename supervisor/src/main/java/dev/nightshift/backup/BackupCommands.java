package dev.nightshift.backup;

import dev.nightshift.backup.Provider.Wanted;
import dev.nightshift.program.Order;
import dev.nightshift.program.Programs;
import dev.nightshift.program.Ran;
import dev.nightshift.program.Surroundings;
import dev.nightshift.program.Tool;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The programs of a plan's backup: what they see, and what of their ends is what.
 *
 * @param named the variables that the plan lets them see
 * @param running told of each program that runs, so that it can be cancelled
 */
record BackupCommands(Path directory, List<String> named, Map<String, String> environment, Consumer<Tool> running) {

    /** As {@code sysexits.h} has it: a failure that may pass. */
    private static final int TRY_AGAIN = 75;

    Ran run(List<String> command, Duration limit, Wanted wanted, String handle) {
        Map<String, String> variables = Surroundings.of(environment, named);
        variables.put("NIGHTSHIFT_BACKUP", wanted.name());
        variables.put("NIGHTSHIFT_BACKUP_ID", handle);
        variables.put("NIGHTSHIFT_RUN", wanted.run().text());
        variables.put("NIGHTSHIFT_PLAN", wanted.plan().name());
        variables.put("NIGHTSHIFT_DATABASE_NAME", wanted.plan().database().database());
        Path place = Files.isDirectory(directory) ? directory : Path.of("/");
        return Programs.run(new Order(command, place, variables, limit), running);
    }

    /** It neither did what it was to do nor said that it cannot. */
    static boolean passes(Ran ran) {
        return ran.end() == Ran.End.OVERDUE
                || ran.end() == Ran.End.STOPPED
                || (ran.end() == Ran.End.EXITED && ran.status() == TRY_AGAIN);
    }

    static Permanent refused(List<String> command, Ran ran) {
        return new Permanent(new Explanation(
                "the backup command failed: " + String.join(" ", command) + ": " + ran.inWords(),
                "asking for the backup",
                Explanation.NOTHING_CHANGED,
                "put right what it says, then `nightshift retry`"));
    }

    static <T> T understood(List<String> command, Ran ran, Function<Answer, T> reading) {
        try {
            return reading.apply(Answer.of(ran));
        } catch (IllegalArgumentException e) {
            throw new Permanent(
                    new Explanation(
                            "the answer of " + String.join(" ", command) + " is not understood: " + e.getMessage(),
                            "asking for the backup",
                            Explanation.NOTHING_CHANGED,
                            "correct the command, see docs/backups.md for what it is to print, then `nightshift retry`"),
                    e);
        }
    }

    /** What is missing before any of them is run. */
    List<String> faults(List<List<String>> commands) {
        List<String> faults = new ArrayList<>();
        commands.stream()
                .map(command -> command.get(0))
                .distinct()
                .filter(program -> !isThere(program))
                .forEach(program -> faults.add("there is no program " + program + " where the supervisor runs"));
        named.stream()
                .filter(name -> !environment.containsKey(name))
                .forEach(name -> faults.add("the variable " + name + " is not set where the supervisor runs"));
        return faults;
    }

    private boolean isThere(String program) {
        if (program.contains("/")) {
            return Files.isExecutable(directory.resolve(program));
        }
        for (String place : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!place.isEmpty() && Files.isExecutable(Path.of(place, program))) {
                return true;
            }
        }
        return false;
    }
}
