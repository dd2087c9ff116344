package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanProblem;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Trouble;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Submits a plan for a supervisor that keeps the parser out of its own process; never for people. */
@Command(
        name = "take-plan",
        hidden = true,
        description = "Submit the plan on standard input; a supervisor starts this.")
final class TakePlanCommand extends Verb {

    /** There is no file: a plan that names something beside it is refused. */
    private static final Path NOWHERE = Path.of("/submitted/plan.yaml");

    @Option(names = "--priority", required = true, description = "Of the run.")
    private int priority;

    @Option(names = "--again", description = "Why it is done once more.")
    private @Nullable String again;

    @Option(names = "--by", required = true, description = "Who submits it.")
    private String by = "";

    @Option(names = "--from", required = true, description = "From which address.")
    private String from = "";

    TakePlanCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return Set.of(ExitCode.OK);
    }

    @Override
    ExitCode carryOut() {
        DatabaseUrl url = shell().needDatabase();
        String text = text();
        PlanReading reading = PlanReader.read("plan", text, Path.of("/submitted"), Optional.of(url));
        if (reading instanceof PlanReading.Refused refused) {
            print(problems(refused.problems()));
            return ExitCode.OK;
        }
        Plan plan = ((PlanReading.Accepted) reading).plan();
        try {
            if (plan.startsPrograms()) {
                throw programs();
            }
            print(Documents.submission(shell().ports().submitting().submit(draft(plan))));
        } catch (Trouble trouble) {
            print(Documents.refusal(trouble));
        }
        return ExitCode.OK;
    }

    /** Linting it would start them, before anybody has approved it, and at the wish of whoever has a token. */
    private static Permanent programs() {
        return new Permanent(new Explanation(
                "the plan starts programs on the machine of the server",
                "submitting the plan",
                Explanation.NOTHING_CHANGED,
                "submit a plan with `external` steps on that machine: nightshift submit PLAN --database URL"));
    }

    private Submitting.Draft draft(Plan plan) {
        PlanReading alone = PlanReader.read("plan", plan.source(), Path.of("/submitted"));
        Optional<DatabaseUrl> named = alone instanceof PlanReading.Accepted accepted
                ? Optional.of(accepted.plan().database())
                : Optional.empty();
        return new Submitting.Draft(plan, named, NOWHERE, priority, Optional.ofNullable(again), by, from);
    }

    private String text() {
        try {
            return new String(shell().around().in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }

    private static Map<String, Object> problems(List<PlanProblem> problems) {
        Map<String, Object> document = Documents.of("PlanProblems");
        document.put("problems", problems.stream().map(PlanProblem::toString).toList());
        return document;
    }

    private void print(Map<String, Object> document) {
        shell().data(Json.line(document));
    }
}
