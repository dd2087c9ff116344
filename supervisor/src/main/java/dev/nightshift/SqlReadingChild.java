package dev.nightshift;

import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.StepSql;
import dev.nightshift.lint.PlanSql;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has the SQL of a run's plan read by a child process, so that a supervisor that lives for months never loads the parser
 * and its 128 MiB.
 */
record SqlReadingChild(ChildProcess program, RunId run) implements SqlReading {

    private static final long PATIENCE_SECONDS = 120;

    @Override
    public Fact<List<StepSql>> of(Plan plan) {
        if (!PlanSql.isIn(plan)) {
            return Fact.of(List.of());
        }
        try {
            Path said = Files.createTempFile("nightshift-", ".json");
            try {
                return read(said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            return unknown("the process that reads it cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        }
    }

    private Fact<List<StepSql>> read(Path said) throws IOException, InterruptedException {
        Process child = program.sqlReader(run)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return unknown("the process that reads it takes longer than " + PATIENCE_SECONDS + " seconds");
            }
            return child.exitValue() == 0
                    ? StepSqlDocument.read(Files.readString(said))
                    : unknown("the process that reads it ended with " + child.exitValue());
        } finally {
            child.destroyForcibly();
        }
    }

    private static Fact<List<StepSql>> unknown(String why) {
        return Fact.unknown(
                "the SQL of the plan's steps cannot be read: " + why, "see what `nightshift preflight PLAN` says");
    }
}
