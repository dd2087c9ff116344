package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Of which plan, and from when on. */
final class WindowOptions {

    /** So that the database's place, which has nothing to say here, need not be in the plan. */
    private static final String NOWHERE = "postgresql://nobody@localhost/none";

    @Parameters(paramLabel = "PLAN", description = "The plan's file.")
    private Path plan = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            converter = InstantText.class,
            description = "Instead of now: 2026-12-24T01:30:00Z, or with another offset.")
    private @Nullable Instant at;

    Instant at() {
        return Optional.ofNullable(at).orElseGet(Instant::now);
    }

    /** Empty when it was refused, and all its problems were said. */
    Optional<Plan> read(Shell shell) {
        PlanFile file = PlanFile.read(plan, shell.database().or(() -> Optional.of(DatabaseUrl.parse(NOWHERE))));
        file.problems().forEach(problem -> shell.say(problem.toString()));
        if (file.plan().isEmpty()) {
            shell.say(file.verdict());
        }
        return file.plan();
    }
}
