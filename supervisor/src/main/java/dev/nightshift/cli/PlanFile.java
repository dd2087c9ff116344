package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanProblem;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.Explanation;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A plan as a command is given it: a path, read as a whole or refused with every problem at once. */
record PlanFile(Path file, PlanReading reading) {

    static PlanFile read(Path file, Optional<DatabaseUrl> database) {
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        return new PlanFile(file, PlanReader.read(file.toString(), text("the plan", file), directory, database));
    }

    Optional<Plan> plan() {
        return reading instanceof PlanReading.Accepted accepted ? Optional.of(accepted.plan()) : Optional.empty();
    }

    List<PlanProblem> problems() {
        return reading instanceof PlanReading.Refused refused ? refused.problems() : List.of();
    }

    /** {@code plan.yaml: 3 problems}. */
    String verdict() {
        int count = problems().size();
        return file + ": " + (count == 1 ? "1 problem" : count + " problems");
    }

    /** The whole file; {@code what} it is, for a person who has to name another one. */
    static String text(String what, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Refusal.usage(new Explanation(
                    what + " " + file + " cannot be read: " + why(e),
                    "reading " + what,
                    Explanation.NOTHING_CHANGED,
                    "name a file that this user may read"));
        }
    }

    private static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof CharacterCodingException
                ? "it is not UTF-8 text"
                : e.getClass().getSimpleName();
    }
}
