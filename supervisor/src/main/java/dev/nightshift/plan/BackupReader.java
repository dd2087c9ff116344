package dev.nightshift.plan;

import dev.nightshift.plan.BackupSpec.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads how a plan's backup is taken, and how it is to be proved good: which of the levels depends on the way. */
final class BackupReader {

    private static final List<String> WAYS = List.of("dump", "snapshot", "command", "external");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Names of objects in Kubernetes. */
    private static final Pattern OBJECT = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private final Path directory;

    BackupReader(Path directory) {
        this.directory = directory;
    }

    Optional<BackupSpec> read(Value value) {
        if (!value.isMapping()) {
            return value.word(
                    Map.of("none", new BackupSpec.None()), "none or a mapping with `dump`, or another way to take it");
        }
        Fields fields = value.fields(Shape.BACKUP, "").orElseThrow();
        List<String> ways =
                WAYS.stream().filter(way -> fields.at(way).isPresent()).toList();
        if (ways.size() != 1) {
            if (fields.sound()) {
                value.problem(
                        ways.isEmpty()
                                ? "expected one of " + String.join(", ", WAYS)
                                        + ", found a backup that does not say how it is made"
                                : "expected one way to take the backup, found " + String.join(" and ", ways));
            }
            return Optional.empty();
        }
        Duration age = duration(fields, "maxAge", "an age such as 24h").orElse(Duration.ZERO);
        return switch (ways.get(0)) {
            case "dump" -> dump(fields, age);
            case "command" -> command(fields, age);
            case "external" -> external(fields, age);
            default -> snapshot(fields, age);
        };
    }

    private Optional<BackupSpec> dump(Fields fields, Duration age) {
        Optional<Fields> dump = fields.at("dump").flatMap(v -> v.fields(Shape.DUMP, "a mapping with `directory`"));
        Optional<Path> to = dump.flatMap(d -> d.at("directory"))
                .flatMap(v -> v.as("a directory", text -> Directories.resolve(directory, text)));
        int jobs = dump.flatMap(d -> d.at("jobs")).flatMap(v -> v.whole(1, 64)).orElse(2);
        List<TableName> tables = new ArrayList<>();
        dump.flatMap(d -> d.at("tables"))
                .ifPresent(list -> list.items("a list of tables")
                        .forEach(item -> item.as("a table", TableName::parse).ifPresent(tables::add)));
        Verification verify =
                verify(fields, "readable or checksummed", Verification.READABLE, Verification.CHECKSUMMED);
        return fields.build(() -> new BackupSpec.Dump(to.orElseThrow(), jobs, tables, verify, age));
    }

    private Optional<BackupSpec> command(Fields fields, Duration age) {
        Optional<Fields> command =
                fields.at("command").flatMap(v -> v.fields(Shape.BACKUP_COMMAND, "a mapping with `start` and `poll`"));
        List<String> start = words(command, "start", "a program and its arguments");
        List<String> poll = words(command, "poll", "a program and its arguments");
        List<String> passed = variables(command);
        Duration timeout = command.flatMap(c -> limit(c, "timeout", "1m", "2d")).orElse(Duration.ofHours(2));
        Duration every = command.flatMap(c -> limit(c, "every", "1s", "10m")).orElse(Duration.ofSeconds(10));
        attestedOnly(fields);
        return fields.build(
                () -> new BackupSpec.Command(start, poll, passed, directory.toAbsolutePath(), timeout, every, age));
    }

    private Optional<BackupSpec> external(Fields fields, Duration age) {
        Optional<Fields> external =
                fields.at("external").flatMap(v -> v.fields(Shape.BACKUP_EXTERNAL, "a mapping with `command`"));
        List<String> command = words(external, "command", "a program and its arguments");
        List<String> passed = variables(external);
        Duration timeout =
                external.flatMap(e -> limit(e, "timeout", "1s", "10m")).orElse(Duration.ofMinutes(1));
        Verification least = verify(
                fields,
                "attested, readable, checksummed or restored",
                Verification.ATTESTED,
                Verification.READABLE,
                Verification.CHECKSUMMED,
                Verification.RESTORED);
        return fields.build(
                () -> new BackupSpec.External(command, passed, directory.toAbsolutePath(), timeout, least, age));
    }

    private static Optional<BackupSpec> snapshot(Fields fields, Duration age) {
        Optional<Fields> snapshot =
                fields.at("snapshot").flatMap(v -> v.fields(Shape.BACKUP_SNAPSHOT, "a mapping with `claims`"));
        List<String> claims = named(snapshot, "claims", "a list of PersistentVolumeClaims", BackupReader::object);
        Optional<String> storageClass =
                snapshot.flatMap(s -> s.at("class")).flatMap(v -> v.as("a VolumeSnapshotClass", BackupReader::object));
        Optional<String> namespace =
                snapshot.flatMap(s -> s.at("namespace")).flatMap(v -> v.as("a namespace", BackupReader::object));
        boolean atomic =
                snapshot.flatMap(s -> s.at("atomic")).flatMap(Value::yesOrNo).orElse(false);
        Optional<String> standby = snapshot.flatMap(s -> s.at("standby")).flatMap(v -> v.text("the name of a standby"));
        Duration timeout =
                snapshot.flatMap(s -> limit(s, "timeout", "1m", "2d")).orElse(Duration.ofHours(1));
        attestedOnly(fields);
        return fields.build(
                () -> new BackupSpec.Snapshot(claims, storageClass, namespace, atomic, standby, timeout, age));
    }

    /** What a cloud or a storage keeps cannot be read from here, so no better level can be promised. */
    private static void attestedOnly(Fields fields) {
        verify(fields, "attested, since nothing of such a backup can be read here", Verification.ATTESTED);
    }

    /** The first level is the one without the key. */
    private static Verification verify(Fields fields, String expected, Verification... levels) {
        Map<String, Verification> words =
                Stream.of(levels).collect(Collectors.toMap(Verification::word, Function.identity()));
        return fields.at("verify").flatMap(v -> v.word(words, expected)).orElse(levels[0]);
    }

    private static List<String> words(Optional<Fields> fields, String key, String expected) {
        return named(fields, key, expected, text -> text);
    }

    private static List<String> variables(Optional<Fields> fields) {
        return named(fields, "pass-environment", "a list of names of variables", text -> {
            if (!VARIABLE.matcher(text).matches()) {
                throw new IllegalArgumentException("expected the name of a variable, whose value comes from where"
                        + " nightshift runs, found '" + text + "'");
            }
            return text;
        });
    }

    private static List<String> named(
            Optional<Fields> fields, String key, String expected, UnaryOperator<String> parser) {
        List<String> found = new ArrayList<>();
        fields.flatMap(f -> f.at(key))
                .ifPresent(list -> list.items(expected)
                        .forEach(item -> item.as("a text", parser).ifPresent(found::add)));
        return found;
    }

    private static String object(String text) {
        if (!OBJECT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected the name of an object in Kubernetes such as data-primary-0, found '" + text + "'");
        }
        return text;
    }

    private static Optional<Duration> limit(Fields fields, String key, String least, String most) {
        return fields.at(key).flatMap(v -> v.as("a duration", text -> Quantities.duration(text, least, most)));
    }

    private static Optional<Duration> duration(Fields fields, String key, String expected) {
        return fields.at(key).flatMap(v -> v.as(expected, Quantities::duration));
    }
}
