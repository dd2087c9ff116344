package dev.nightshift.lint;

import dev.nightshift.guards.lint.Runner;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.flow.Past;
import dev.nightshift.guards.lint.flow.Walker;
import dev.nightshift.guards.lint.parse.ParserPool;
import dev.nightshift.guards.lint.script.Splitter;
import dev.nightshift.guards.preflight.StepSql;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** What the statements and the migrations of a plan would work on in one database. */
public final class PlanSql {

    private final Plan plan;
    private final Catalog catalog;
    private final ToolScripts tools;

    public PlanSql(Plan plan, Catalog catalog, ToolScripts tools) {
        this.plan = plan;
        this.catalog = new OwnSession(catalog);
        this.tools = tools;
    }

    /** Whether there is anything to read: a parser takes a second to load. */
    public static boolean isIn(Plan plan) {
        return Stream.concat(plan.steps().stream(), plan.abort().stream()).anyMatch(PlanSql::holdsSql);
    }

    private static boolean holdsSql(Step step) {
        return step instanceof StatementStep || step instanceof SchemaStep || step instanceof ExternalStep;
    }

    /**
     * Of each step that holds SQL. Of an abort step only what it takes away counts: that may be left of a run before.
     *
     * @param applied the versions of the migrations that the database has
     */
    public List<StepSql> steps(Set<String> applied) {
        Optional<List<BigInteger>> last = PlanLint.last(applied);
        try (ParserPool parser = new ParserPool(1)) {
            List<StepSql> all = new ArrayList<>();
            for (Step step : plan.steps()) {
                if (holdsSql(step)) {
                    all.add(read(step, last, parser).sql(step.name()));
                }
            }
            for (Step step : plan.abort()) {
                if (step instanceof StatementStep) {
                    all.add(read(step, last, parser).takingAway(step.name()));
                }
            }
            return all;
        }
    }

    private SqlTouches read(Step step, Optional<List<BigInteger>> last, ParserPool parser) {
        SqlTouches touches = new SqlTouches();
        if (step instanceof ExternalStep external && external.sql().isEmpty()) {
            touches.addUnknown(
                    "what `" + external.tool() + "` does only the tool knows; `sql` in the plan lets it be read");
        }
        scripts(step, last)
                .forEach(script -> touches.add(Walker.walk(
                        script, Splitter.split(script.text()), parser, catalog, OptionalInt.empty(), new Past())));
        return touches;
    }

    private Stream<Script> scripts(Step step, Optional<List<BigInteger>> last) {
        if (step instanceof SchemaStep schema) {
            return PlanLint.migrations(schema, last.or(() -> schema.baseline().map(FlywayName::numbers)))
                    .values()
                    .stream()
                    .map(file -> file.read(Runner.FLYWAY, InputStream.nullInputStream()));
        }
        if (step instanceof ExternalStep external) {
            return PlanLint.printed(external, tools).stream();
        }
        return Stream.of(Script.of(step.name(), ((StatementStep) step).sql()).inTransaction(false));
    }
}
