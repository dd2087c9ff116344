package dev.nightshift.plan;

import static dev.nightshift.plan.Key.optional;
import static dev.nightshift.plan.Key.required;

import dev.nightshift.plan.ServeSettings.Served;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the settings of a standing supervisor with the care that plans are read with: every problem at once. */
public final class ServeReader {

    private static final List<Key> TOP = List.of(
            required("databases"), optional("metrics"), optional("api"), optional("notify"), optional("launcher"));
    private static final List<Key> NOTIFY_ALONE = only("notify");
    private static final List<Key> LAUNCHER_ALONE = only("launcher");
    private static final List<Key> DATABASE = List.of(required("url"), optional("name"));
    private static final List<Key> METRICS = List.of(required("port"));
    private static final int HIGHEST_PORT = 65_535;

    private final Set<String> names = new HashSet<>();
    private final Set<DatabaseUrl> urls = new HashSet<>();

    private final Path directory;

    private ServeReader(Path directory) {
        this.directory = directory;
    }

    /** @param fileName how problems name the file; its directory is where relative paths begin */
    public static ServeReading read(String fileName, String text) {
        Problems problems = new Problems(fileName, "settings");
        Optional<ServeSettings> settings = PlanText.compose(text, problems)
                .flatMap(root -> new ServeReader(directory(fileName)).settings(root, problems));
        return new ServeReading(settings.filter(whole -> problems.count() == 0), problems.byPlace());
    }

    /** Only who is told: of the settings of a standing supervisor, or of a file that says nothing else. */
    public static NotifyReading receivers(String fileName, String text) {
        Problems problems = new Problems(fileName, "settings");
        List<Receiver> receivers = PlanText.compose(text, problems)
                .flatMap(root -> new Value(root, root, "", problems).fields(NOTIFY_ALONE, "a mapping with `notify`"))
                .flatMap(top -> top.at("notify"))
                .map(list -> new NotifyReader(directory(fileName)).read(list))
                .orElse(List.of());
        return new NotifyReading(problems.count() == 0 ? receivers : List.of(), problems.byPlace());
    }

    /**
     * Reads of such a file only where workers are started; nothing else has to stand in it.
     *
     * @return empty after reporting problems
     */
    public static LauncherReading readLauncher(String fileName, String text) {
        Problems problems = new Problems(fileName, "settings");
        Optional<KubernetesSettings> settings = PlanText.compose(text, problems)
                .flatMap(
                        root -> new Value(root, root, "", problems).fields(LAUNCHER_ALONE, "a mapping with `launcher`"))
                .flatMap(top -> top.at("launcher"))
                .flatMap(KubernetesReader::read);
        return new LauncherReading(settings.filter(whole -> problems.count() == 0), problems.byPlace());
    }

    /** Settings, or every problem that kept them from being read. */
    public record LauncherReading(Optional<KubernetesSettings> settings, List<PlanProblem> problems) {}

    private Optional<ServeSettings> settings(Node root, Problems problems) {
        Optional<Fields> found = new Value(root, root, "", problems).fields(TOP, "a mapping with `databases`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields top = found.get();
        List<Served> databases = new ArrayList<>();
        top.at("databases")
                .ifPresent(list -> list.items("a list such as [{url: \"postgresql://…\"}]")
                        .forEach(item -> database(item).ifPresent(databases::add)));
        Optional<Integer> port = top.at("metrics")
                .flatMap(value -> value.fields(METRICS, "a mapping with `port`"))
                .flatMap(metrics -> metrics.at("port"))
                .flatMap(value -> value.whole(0, HIGHEST_PORT));
        OptionalInt shown = port.map(OptionalInt::of).orElse(OptionalInt.empty());
        Optional<ApiSettings> api = top.at("api").flatMap(value -> new ApiReader(directory).read(value));
        List<Receiver> receivers = top.at("notify")
                .map(list -> new NotifyReader(directory).read(list))
                .orElse(List.of());
        Optional<KubernetesSettings> kubernetes = top.at("launcher").flatMap(KubernetesReader::read);
        return top.build(() -> new ServeSettings(databases, shown, api, receivers, kubernetes));
    }

    /** Of the same file: this key has to be there, and the others may. */
    private static List<Key> only(String name) {
        return TOP.stream()
                .map(key -> key.name().equals(name) ? required(name) : optional(key.name()))
                .toList();
    }

    private static Path directory(String fileName) {
        Path file = Path.of(fileName).toAbsolutePath();
        return Optional.ofNullable(file.getParent()).orElse(file);
    }

    private Optional<Served> database(Value item) {
        Optional<Fields> found = item.fields(DATABASE, "a mapping with `url`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        Optional<DatabaseUrl> url = fields.at("url")
                .flatMap(value -> value.as(
                        "a URL such as postgresql://user@host:5432/database", text -> once(DatabaseUrl.parse(text))));
        Optional<String> name = fields.at("name")
                .flatMap(value -> value.text("a name such as shop"))
                .or(() -> url.map(DatabaseUrl::database));
        name.filter(one -> !names.add(one))
                .ifPresent(one -> fields.at("name")
                        .orElse(item)
                        .problem("expected a `name` of its own for each database, found '" + one + "' again"));
        return fields.build(() -> new Served(name.orElseThrow(), url.orElseThrow()));
    }

    private DatabaseUrl once(DatabaseUrl url) {
        if (!urls.add(url)) {
            throw new IllegalArgumentException("expected each database once, found " + url + " again");
        }
        return url;
    }
}
