package dev.nightshift.plan;

import dev.nightshift.guards.guard.GuardSettings;
import dev.nightshift.plan.ReplicasReader.Replicas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a plan from its text, and reports every problem of it at once. */
public final class PlanReader {

    private static final String TOP = "a mapping with `nightshift: 1`, `name`, `backup` and `steps`";

    private final Problems problems;
    private final String source;
    private final SettingsReader settings;
    private final StepsReader steps;
    private final Optional<DatabaseUrl> override;

    private PlanReader(Problems problems, String source, Path directory, Optional<DatabaseUrl> override) {
        this.problems = problems;
        this.source = source;
        this.settings = new SettingsReader(directory);
        this.steps = new StepsReader(directory);
        this.override = override;
    }

    /**
     * Reads a plan that names its database itself.
     *
     * @param fileName how problems name the file
     * @param directoryOfPlan what relative directories in the plan are relative to
     */
    public static PlanReading read(String fileName, String text, Path directoryOfPlan) {
        return read(fileName, text, directoryOfPlan, Optional.empty());
    }

    /**
     * Reads a plan for the database that the caller was told to use, whatever the plan says.
     *
     * @param override the database of {@code --database} or {@code NIGHTSHIFT_DATABASE}; empty for the plan's own
     */
    public static PlanReading read(String fileName, String text, Path directoryOfPlan, Optional<DatabaseUrl> override) {
        Problems problems = new Problems(fileName);
        PlanReader reader = new PlanReader(problems, text, directoryOfPlan, override);
        Optional<Plan> plan = PlanText.compose(text, problems).flatMap(reader::plan);
        return plan.isPresent() && problems.count() == 0
                ? new PlanReading.Accepted(plan.get())
                : new PlanReading.Refused(problems.byPlace());
    }

    /** The directories that a plan names as seen from where it lies; empty for one that has problems. */
    public static List<Path> relativeDirectories(String text, DatabaseUrl database) {
        Path here = Path.of("/here");
        List<Path> one = directories(text, here, database);
        one.removeAll(directories(text, Path.of("/there"), database));
        return one.stream().map(here::relativize).toList();
    }

    private static List<Path> directories(String text, Path lies, DatabaseUrl database) {
        PlanReading reading = read("plan", text, lies, Optional.of(database));
        return new ArrayList<>(
                reading instanceof PlanReading.Accepted accepted
                        ? accepted.plan().directories()
                        : List.of());
    }

    private Optional<Plan> plan(Node root) {
        return new Value(root, root, "", problems).fields(Shape.PLAN, TOP).flatMap(this::plan);
    }

    private Optional<Plan> plan(Fields top) {
        top.at("nightshift").ifPresent(v -> v.word(Map.of("1", 1), "1, the only format that this version reads"));
        Optional<String> name = top.at("name").flatMap(PlanReader::name);
        Optional<DatabaseUrl> database = database(top);
        Replicas replicas = top.at("replicas").flatMap(ReplicasReader::read).orElse(Replicas.DISCOVER);
        Optional<WindowSpec> window = top.at("window").flatMap(settings::window);
        Optional<Integer> approvers = top.at("approval").flatMap(settings::approvers);
        Optional<BackupSpec> backup = top.at("backup").flatMap(settings::backup);
        GuardSettings guards = top.at("guards").map(GuardsReader::read).orElse(GuardSettings.DEFAULTS);
        List<Step> forward = top.at("steps").map(v -> steps.read(v, false)).orElse(List.of());
        if (top.at("window").isPresent()) {
            steps.downtimesNeedRoom();
        }
        List<Waiver> waivers = top.at("waive").map(settings::waivers).orElse(List.of());
        GuardSettings judged = guards.waiving(SettingsReader.guards(waivers))
                .waivingReplicas(SettingsReader.replicas(waivers, replicas.declared()));
        List<Step> abort = steps.undoingRecipes();
        top.at("abort").map(v -> steps.read(v, true)).ifPresent(abort::addAll);
        backup.ifPresent(spec -> checkCoverage(spec, forward, top));
        return top.build(() -> new Plan(
                name.orElseThrow(),
                PlanHash.of(source),
                source,
                database.orElseThrow(),
                replicas.declared(),
                replicas.urls(),
                window,
                approvers.orElse(0),
                backup.orElseThrow(),
                judged,
                forward,
                waivers,
                abort,
                steps.recipes()));
    }

    /** A backup without a table that the run changes never counts, so it would stop the run after an hour of dumping. */
    private static void checkCoverage(BackupSpec backup, List<Step> steps, Fields top) {
        if (!(backup instanceof BackupSpec.Dump dump) || dump.wholeDatabase()) {
            return;
        }
        steps.stream()
                .filter(WalkStep.class::isInstance)
                .map(step -> ((WalkStep) step).table())
                .filter(table -> !dump.tables().contains(table))
                .distinct()
                .forEach(table -> top.at("backup")
                        .ifPresent(value ->
                                value.problem("expected " + table + " among the tables, since a step changes it, found "
                                        + dump.tables().stream()
                                                .map(TableName::toString)
                                                .collect(Collectors.joining(", ")))));
    }

    private static Optional<String> name(Value value) {
        return value.text("a name such as orders-total-cents")
                .flatMap(text -> value.as("", t -> Names.check("a name", t)));
    }

    private Optional<DatabaseUrl> database(Fields top) {
        Optional<DatabaseUrl> written = top.at("database").flatMap(settings::database);
        if (override.isPresent()) {
            return override;
        }
        if (top.at("database").isEmpty()) {
            top.missing("database", "expected `database: {url: …}` here, or NIGHTSHIFT_DATABASE, found neither");
        }
        return written;
    }
}
