package dev.nightshift;

import dev.nightshift.backup.PostgresTools;
import dev.nightshift.guards.preflight.Fact;
import dev.nightshift.guards.preflight.Machine;
import dev.nightshift.guards.preflight.Preflight;
import dev.nightshift.guards.preflight.PreflightReport;
import dev.nightshift.guards.preflight.Situation;
import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.Waiver;
import dev.nightshift.postgres.PgPreflight;
import dev.nightshift.postgres.PgSessions;
import dev.nightshift.postgres.PreflightFacts;
import dev.nightshift.process.ChildTools;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.schema.SchemaChecks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Joins what the database, the migration files and this machine say of a plan, and has it judged. */
final class FullPreflight {

    private final PgSessions sessions;
    private final SchemaChecks schemas;
    private final Map<String, String> environment;
    private final SqlReading sql;
    private final boolean images;

    /** @param images whether tools can be started from images of their own */
    FullPreflight(
            PgSessions sessions,
            SchemaChecks schemas,
            Map<String, String> environment,
            SqlReading sql,
            boolean images) {
        this.images = images;
        this.sessions = sessions;
        this.schemas = schemas;
        this.environment = environment;
        this.sql = sql;
    }

    /** Blocks. */
    PreflightReport look(Plan plan) {
        return new PgPreflight(sessions)
                .look(plan, () -> sql.of(plan), facts -> Preflight.judge(situation(plan, facts), waivers(plan)));
    }

    private Situation situation(Plan plan, PreflightFacts facts) {
        List<StepProblem> problems = new ArrayList<>(facts.problems());
        schemas.problems(plan).forEach(problem -> problems.add(new StepProblem(problem.what(), problem.todo())));
        tools(plan).forEach(problem -> problems.add(new StepProblem(problem.what(), problem.todo())));
        WindowLook window = WindowLook.of(plan, Instant.now());
        BackupLook backup = BackupLook.of(plan, facts.before(), window, sessions, Adapters.providers(environment));
        return new Situation(
                facts.work(),
                facts.server(),
                facts.replication(),
                facts.activity(),
                backup.planned(),
                facts.definitions(),
                window.hours(facts.cron()),
                facts.before().journal() ? List.of() : schemas.decoders(),
                facts.tables(),
                new Machine(dumpProgram(plan, facts.server().version() / 10_000), backup.room(), facts.disk()),
                DowntimeLook.of(plan),
                problems);
    }

    private List<Explanation> tools(Plan plan) {
        ChildTools tools = Adapters.tools(plan.database(), environment);
        return Stream.concat(plan.steps().stream(), plan.abort().stream())
                .filter(ExternalStep.class::isInstance)
                .map(ExternalStep.class::cast)
                .flatMap(step -> problems(step, tools).stream())
                .toList();
    }

    private List<Explanation> problems(ExternalStep step, ChildTools tools) {
        if (step.tool().image().isEmpty()) {
            return tools.problems(step);
        }
        return images ? List.of() : List.of(PlacedTools.needsCluster(step));
    }

    private Fact<Optional<String>> dumpProgram(Plan plan, int serverMajor) {
        if (!(plan.backup() instanceof BackupSpec.Dump)) {
            return Fact.of(Optional.empty());
        }
        try {
            PostgresTools tools = PostgresTools.find(serverMajor, environment);
            return Fact.of(Optional.of(
                    "pg_dump " + tools.version() + " for a server of " + serverMajor + ": " + tools.dump()));
        } catch (Permanent missing) {
            Explanation why = missing.explanation();
            return Fact.unknown(why.what(), why.todo());
        }
    }

    private static Map<String, String> waivers(Plan plan) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return plan.waivers().stream()
                .filter(waiver -> waiver.holdsOn(today))
                .collect(Collectors.toMap(Waiver::id, Waiver::reason, (first, second) -> first));
    }
}
