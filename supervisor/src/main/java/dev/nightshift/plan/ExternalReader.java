package dev.nightshift.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code external}: a tool of somebody else. */
final class ExternalReader {

    private static final String COMMAND = "a list of words such as [alembic, upgrade, head]";
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY).*");
    private static final Pattern URL_WITH_PASSWORD = Pattern.compile(".*://[^/@\\s]*:[^/@\\s]+@.*");

    /** What the worker says itself, so that its sessions are found and go where the plan's do. */
    private static final Set<String> OURS =
            Set.of("PGAPPNAME", "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSFILE", "PGSERVICE");

    private ExternalReader() {}

    /** @param directory of the plan */
    static Optional<ExternalStep> read(String name, Fields fields, Path directory) {
        List<String> command = words(fields, "command");
        ToolCommand.Place place = place(fields, directory);
        Map<String, String> environment =
                fields.at("environment").map(ExternalReader::environment).orElse(Map.of());
        Optional<String> url =
                fields.at("url").flatMap(v -> v.as("a variable such as DATABASE_URL", ExternalReader::variable));
        ExternalStep.Limits limits = limits(fields);
        Optional<String> doneWhen = fields.at("done-when")
                .flatMap(v -> v.as("a query", VerifyStep::query))
                .map(SqlStatement::text);
        List<String> sql = words(fields, "sql");
        ExternalStep.History history = history(fields, command);
        if (sql.stream().anyMatch(word -> word.contains(ExternalStep.CURRENT))
                && history.revisions().isEmpty()) {
            fields.at("sql")
                    .ifPresent(v -> v.problem("expected `history` beside " + ExternalStep.CURRENT
                            + ", so that the database's revision can be asked, found none"));
        }
        return fields.build(() -> new ExternalStep(
                name, new ToolCommand(command, place, environment, url), limits, doneWhen, sql, history));
    }

    private static ToolCommand.Place place(Fields fields, Path directory) {
        Optional<String> image = fields.at("image").flatMap(v -> v.as("an image", KubernetesReader::image));
        if (fields.at("image").isEmpty()) {
            return ToolCommand.Place.here(fields.at("directory")
                    .flatMap(v -> v.as("a directory", text -> Directories.resolve(directory, text)))
                    .orElse(directory.toAbsolutePath().normalize()));
        }
        for (String key : List.of("sql", "history", "head")) {
            fields.at(key)
                    .ifPresent(v -> v.problem("expected no `" + key
                            + "` beside `image`, since its programs are not where plans are looked at, found one"));
        }
        return new ToolCommand.Place(
                image, fields.at("directory").flatMap(v -> v.as("a path in the image", KubernetesReader::absolute)));
    }

    private static List<String> words(Fields fields, String key) {
        List<String> words = new ArrayList<>();
        fields.at(key)
                .ifPresent(list -> list.items(COMMAND)
                        .forEach(item -> item.as("a word", text -> text).ifPresent(words::add)));
        return words;
    }

    private static ExternalStep.Limits limits(Fields fields) {
        Duration timeout = fields.at("timeout")
                .flatMap(v -> v.as("a duration such as 2h", text -> Quantities.duration(text, "1s", "7d")))
                .orElse(TIMEOUT);
        Duration lock = fields.at("lock-timeout")
                .flatMap(v -> v.as("a duration such as 1s", text -> Quantities.duration(text, "100ms", "1h")))
                .orElse(LOCK_TIMEOUT);
        boolean heldBack = fields.at("on-hold")
                .flatMap(v -> v.word(Map.of("cancel", true, "go-on", false), "cancel or go-on"))
                .orElse(true);
        return new ExternalStep.Limits(timeout, lock, heldBack);
    }

    private static ExternalStep.History history(Fields fields, List<String> command) {
        if (fields.at("image").isPresent()) {
            return new ExternalStep.History(Optional.empty(), Optional.empty());
        }
        List<String> prefix = words(fields, "history");
        Optional<RevisionCommands> revisions =
                prefix.isEmpty() ? RevisionCommands.in(command) : Optional.of(RevisionCommands.of(prefix));
        Optional<String> head = fields.at("head").flatMap(v -> v.as("a revision", text -> text));
        if (head.isPresent() && revisions.isEmpty()) {
            fields.at("head")
                    .ifPresent(v -> v.problem("expected `head` beside the command of a tool whose history is known, or"
                            + " beside `history`, found neither"));
        }
        return new ExternalStep.History(revisions, head);
    }

    private static Map<String, String> environment(Value value) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (!value.isMapping()) {
            value.wrong("variables such as {FLASK_APP: shop}", "");
            return environment;
        }
        Fields.entries(value)
                .forEach((name, entry) -> entry.as("a value", text -> allowed(name, text))
                        .ifPresent(text -> environment.put(name, text)));
        return environment;
    }

    private static String variable(String name) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("expected a variable such as DATABASE_URL, found '" + name + "'");
        }
        return name;
    }

    /** The message never shows the value. */
    private static String allowed(String name, String text) {
        variable(name);
        if (SECRET_NAME.matcher(name).matches()
                || URL_WITH_PASSWORD.matcher(text).matches()) {
            throw new IllegalArgumentException("expected nothing secret in a plan, found a value for " + name
                    + "; set it where the worker is started, and use `url` for the database's");
        }
        if (OURS.contains(name)) {
            throw new IllegalArgumentException(
                    "expected no " + name + ", which the worker sets for its tools, found a value");
        }
        return text;
    }
}
