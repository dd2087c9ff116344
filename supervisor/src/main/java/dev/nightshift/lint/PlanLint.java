package dev.nightshift.lint;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Runner;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.flow.Past;
import dev.nightshift.guards.lint.rule.BackfillVolatile;
import dev.nightshift.guards.lint.rule.VerifyWrites;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.ExternalStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.plan.SqlPlaces;
import dev.nightshift.plan.StatementStep;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.Waiver;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Lints what a plan would run: its statement steps, its migrations and its abort steps, as a run would run them. */
public final class PlanLint {

    private final Plan plan;
    private final String file;
    private final LocalDate today;
    private final OwnSession catalog;
    private final ToolScripts tools;

    /**
     * @param file how reports name the plan
     * @param today on which day waivers must hold
     */
    public PlanLint(Plan plan, String file, LocalDate today, Catalog catalog) {
        this(plan, file, today, new OwnSession(catalog), step -> Optional.empty());
    }

    private PlanLint(Plan plan, String file, LocalDate today, OwnSession catalog, ToolScripts tools) {
        this.plan = plan;
        this.file = file;
        this.today = today;
        this.catalog = catalog;
        this.tools = tools;
    }

    /** The same with what the tools of its external steps would run. */
    public PlanLint asking(ToolScripts ofTools) {
        return new PlanLint(plan, file, today, catalog, ofTools);
    }

    /**
     * The plan itself first, then its migrations in the order of the steps, then what its tools print.
     *
     * @param applied the versions of the migrations that the database has
     */
    public List<Linted> findings(Set<String> applied) {
        try (SqlLint linter = new SqlLint(catalog, OptionalInt.empty())) {
            Past past = new Past();
            List<Linted> migrations = new ArrayList<>();
            if (beginsWithMigrations()) {
                migrations.addAll(migrations(linter, applied, past));
            }
            List<Linted> found = new ArrayList<>();
            statements(linter, past).ifPresent(found::add);
            if (!beginsWithMigrations()) {
                migrations.addAll(migrations(linter, applied, past));
            }
            found.addAll(migrations);
            found.addAll(printed(linter, past));
            return found;
        }
    }

    /** Then its statements may rest on what all its migrations prove; else it is the other way round. */
    private boolean beginsWithMigrations() {
        List<Boolean> kinds = plan.steps().stream()
                .filter(step -> step instanceof SchemaStep || step instanceof StatementStep)
                .map(SchemaStep.class::isInstance)
                .toList();
        return kinds.indexOf(false) < 0 || kinds.lastIndexOf(true) < kinds.indexOf(false);
    }

    private List<Linted> migrations(SqlLint linter, Set<String> applied, Past past) {
        List<Linted> found = new ArrayList<>();
        for (SqlFile migration : migrations(applied)) {
            Script script = migration.read(Runner.FLYWAY, InputStream.nullInputStream());
            found.add(waived(linter.lint(undoable(script), OwnSession.ANSWERED, past)));
        }
        return found;
    }

    private List<Linted> printed(SqlLint linter, Past past) {
        List<Linted> found = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof ExternalStep external) {
                printed(external, tools)
                        .ifPresent(
                                script -> found.add(waived(linter.lint(undoable(script), OwnSession.ANSWERED, past))));
            }
        }
        return found;
    }

    /** Whatever the tool is: it begins its transactions itself in what it prints, or has one for all. */
    static Optional<Script> printed(ExternalStep step, ToolScripts tools) {
        return step.sql().isEmpty()
                ? Optional.empty()
                : tools.of(step)
                        .map(text -> Script.of("step " + step.name(), text).runBy(Runner.ALEMBIC));
    }

    /** Abort steps after the others: what the plan made itself, it may drop again. */
    private Optional<Linted> statements(SqlLint linter, Past past) {
        SqlPlaces places = SqlPlaces.of(plan);
        List<Step> steps =
                Stream.concat(plan.steps().stream(), plan.abort().stream()).toList();
        StepScript statements =
                StepScript.statements(file, places, plan.steps()).undoneBy(plan.abort());
        List<LintFinding> found = Stream.of(
                        found(linter, statements, past),
                        found(linter.only(new VerifyWrites()), StepScript.verifies(file, places, steps), new Past()),
                        found(
                                linter.only(new BackfillVolatile()),
                                StepScript.backfills(file, places, steps),
                                new Past()))
                .flatMap(findings -> findings)
                .distinct()
                .sorted(Comparator.comparingInt(LintFinding::line).thenComparingInt(LintFinding::column))
                .toList();
        Map<Integer, String> lines = new HashMap<>();
        found.forEach(finding -> lines.put(finding.line(), places.line(finding.line())));
        boolean nothing = steps.stream().allMatch(step -> step instanceof SchemaStep || step instanceof ExternalStep);
        return nothing ? Optional.empty() : Optional.of(waived(new Linted(file, found, lines)));
    }

    private Stream<LintFinding> found(SqlLint linter, StepScript steps, Past past) {
        return steps.isEmpty()
                ? Stream.empty()
                : linter.lint(undoable(steps.script()), OwnSession.ANSWERED, past).findings().stream()
                        .map(steps::inPlan);
    }

    private Script undoable(Script script) {
        boolean declared = !plan.abort().isEmpty() || !(plan.backup() instanceof BackupSpec.None);
        return declared ? script.withUndo() : script;
    }

    /**
     * The versioned migrations that the steps would still apply, each once; a directory that is not there has none. What
     * lies before the last one that was applied, or before a baseline, Flyway never applies.
     */
    private List<SqlFile> migrations(Set<String> applied) {
        Optional<List<BigInteger>> last = last(applied);
        Map<Path, SqlFile> all = new LinkedHashMap<>();
        Stream.concat(plan.steps().stream(), plan.abort().stream())
                .filter(SchemaStep.class::isInstance)
                .map(SchemaStep.class::cast)
                .flatMap(step ->
                        migrations(step, last.or(() -> step.baseline().map(FlywayName::numbers))).entrySet().stream())
                .forEach(entry -> all.putIfAbsent(entry.getKey(), entry.getValue()));
        return List.copyOf(all.values());
    }

    /** The latest of these versions. */
    static Optional<List<BigInteger>> last(Set<String> applied) {
        return applied.stream()
                .filter(version -> version.matches("\\d+([._]\\d+)*"))
                .map(FlywayName::numbers)
                .max(FlywayName::compare);
    }

    static Map<Path, SqlFile> migrations(SchemaStep step, Optional<List<BigInteger>> last) {
        Set<Path> found = new LinkedHashSet<>();
        step.locations().stream()
                .filter(Files::isDirectory)
                .forEach(location -> found.addAll(SqlFiles.in(location, Integer.MAX_VALUE)));
        List<Path> files = found.stream().sorted(FlywayName.order()).toList();
        Optional<List<BigInteger>> target = step.target().map(FlywayName::numbers);
        Map<Path, SqlFile> toApply = new LinkedHashMap<>();
        for (Path path : files) {
            FlywayName name = FlywayName.of(path);
            boolean wanted = target.filter(to -> FlywayName.compare(name.version(), to) > 0)
                            .isEmpty()
                    && last.filter(done -> FlywayName.compare(name.version(), done) <= 0)
                            .isEmpty();
            if (name.kind() == FlywayName.Kind.VERSIONED && wanted) {
                toApply.put(path, SqlFile.of(shown(path), path, files));
            }
        }
        return toApply;
    }

    /** As somebody in this directory would name it. */
    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }

    private Linted waived(Linted linted) {
        return new Linted(
                linted.file(), linted.findings().stream().map(this::waived).toList(), linted.lines());
    }

    private LintFinding waived(LintFinding finding) {
        Optional<Waiver> waiver = plan.waivers().stream()
                .filter(w -> w.id().equals(finding.rule()) && w.holdsOn(today))
                .findFirst();
        if (waiver.isEmpty() || finding.waived()) {
            return finding;
        }
        return new LintFinding(
                finding.rule(),
                finding.severity(),
                finding.file(),
                finding.line(),
                finding.column(),
                finding.statement(),
                finding.relation(),
                finding.lock(),
                finding.message(),
                finding.instead(),
                true,
                waiver.get().reason() + " (until " + waiver.get().until() + ")");
    }
}
