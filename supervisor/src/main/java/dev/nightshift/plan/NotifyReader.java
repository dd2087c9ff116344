package dev.nightshift.plan;

import static dev.nightshift.plan.Key.optional;
import static dev.nightshift.plan.Key.required;

import dev.nightshift.plan.Receiver.Format;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads who is told what happens to runs. */
final class NotifyReader {

    private static final List<Key> RECEIVER = List.of(
            required("name"),
            optional("url"),
            optional("url-file"),
            optional("url-env"),
            optional("format"),
            optional("on"),
            optional("held-for"),
            optional("give-up"),
            optional("secret-file"),
            optional("secret-env"),
            optional("authority"),
            optional("page"));
    private static final Map<String, Format> FORMATS = Map.of("json", Format.JSON, "slack", Format.SLACK);
    private static final Map<String, Happening> HAPPENINGS = new LinkedHashMap<>();

    static {
        for (Happening one : Happening.values()) {
            HAPPENINGS.put(one.word(), one);
        }
    }

    private final Set<String> names = new HashSet<>();
    private final Path directory;

    /** @param directory where relative paths begin */
    NotifyReader(Path directory) {
        this.directory = directory;
    }

    List<Receiver> read(Value list) {
        List<Receiver> receivers = new ArrayList<>();
        list.items("a list such as [{name: ops, url: \"https://…\"}]")
                .forEach(item -> receiver(item).ifPresent(receivers::add));
        return receivers;
    }

    private Optional<Receiver> receiver(Value item) {
        Optional<Fields> found = item.fields(RECEIVER, "a mapping with `name` and `url`");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        Optional<String> name = fields.at("name").flatMap(value -> value.as("a name such as ops", this::once));
        Optional<Secret> url = url(fields);
        Optional<Secret> secret = one(fields, "secret-file", "secret-env");
        Format format = fields.at("format")
                .flatMap(value -> value.word(FORMATS, "json or slack"))
                .orElse(Format.JSON);
        Set<Happening> on = fields.at("on").map(NotifyReader::happenings).orElse(Happening.USUAL);
        Duration heldFor = duration(fields, "held-for", "0s", "1d").orElse(Duration.ZERO);
        Duration giveUp = duration(fields, "give-up", "1m", "7d").orElse(Duration.ofDays(1));
        Optional<Path> authority = fields.at("authority").flatMap(value -> value.as("a file's path", this::resolve));
        Optional<URI> page =
                fields.at("page").flatMap(value -> value.as("a URL such as https://host", NotifyReader::page));
        return fields.build(() -> new Receiver(
                name.orElseThrow(), url.orElseThrow(), format, on, heldFor, giveUp, secret, authority, page));
    }

    private Optional<Secret> url(Fields fields) {
        Optional<Secret> hidden = one(fields, "url-file", "url-env");
        Optional<Secret> open = fields.at("url")
                .flatMap(value -> value.as("a URL such as https://host/path", text -> {
                    Receiver.address(text);
                    return new Secret.Open(text);
                }));
        if (hidden.isPresent() && open.isPresent()) {
            fields.mapping().problem("expected one of `url`, `url-file` and `url-env`, found two");
        } else if (hidden.isEmpty() && open.isEmpty() && fields.sound()) {
            fields.missing("url", "expected the key 'url', 'url-file' or 'url-env', found none");
        }
        return hidden.or(() -> open);
    }

    private Optional<Secret> one(Fields fields, String fileKey, String variableKey) {
        Optional<Secret> file = fields.at(fileKey)
                .flatMap(value -> value.as("a file's path", text -> new Secret.InFile(resolve(text))));
        Optional<Secret> variable = fields.at(variableKey)
                .flatMap(value -> value.as("the name of an environment variable", NotifyReader::variable));
        if (file.isPresent() && variable.isPresent()) {
            fields.mapping().problem("expected `" + fileKey + "` or `" + variableKey + "`, found both");
        }
        return file.or(() -> variable);
    }

    private static Set<Happening> happenings(Value list) {
        Set<Happening> on = EnumSet.noneOf(Happening.class);
        String expected = "one of " + String.join(", ", HAPPENINGS.keySet());
        list.items("a list of " + expected)
                .forEach(item -> item.word(HAPPENINGS, expected).ifPresent(on::add));
        return on;
    }

    private static Optional<Duration> duration(Fields fields, String key, String least, String most) {
        return fields.at(key).flatMap(value -> value.as("a duration", text -> Quantities.duration(text, least, most)));
    }

    private String once(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("expected each name once, found '" + name + "' again");
        }
        return name;
    }

    private static Secret variable(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            // What stands there may be the secret itself.
            throw new IllegalArgumentException("expected the name of an environment variable, found another form");
        }
        return new Secret.InEnvironment(text);
    }

    private static URI page(String text) {
        URI page = URI.create(text.replaceAll("/+$", ""));
        if (page.getHost() == null || !String.valueOf(page.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("expected a URL such as https://host, found '" + text + "'");
        }
        return page;
    }

    private Path resolve(String text) {
        try {
            return directory.resolve(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a file's path, found one that cannot be: " + e.getReason(), e);
        }
    }
}
