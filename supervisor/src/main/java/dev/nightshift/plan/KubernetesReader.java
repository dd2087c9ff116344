package dev.nightshift.plan;

import static dev.nightshift.plan.Key.optional;
import static dev.nightshift.plan.Key.required;

import dev.nightshift.plan.KubernetesSettings.Dumps;
import dev.nightshift.plan.KubernetesSettings.Limits;
import dev.nightshift.plan.KubernetesSettings.Marks;
import dev.nightshift.plan.KubernetesSettings.PasswordKey;
import dev.nightshift.plan.KubernetesSettings.Placement;
import dev.nightshift.plan.KubernetesSettings.Secrets;
import dev.nightshift.plan.KubernetesSettings.Toleration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how workers are started on Kubernetes. */
final class KubernetesReader {

    private static final List<Key> LAUNCHER = List.of(required("kubernetes"));
    private static final List<Key> KUBERNETES = List.of(
            required("namespace"),
            required("image"),
            optional("service-account"),
            optional("resources"),
            optional("node-selector"),
            optional("tolerations"),
            optional("priority-class"),
            optional("dumps"),
            optional("database-secret"),
            optional("env-from"),
            optional("labels"),
            optional("annotations"),
            optional("start"),
            optional("pull"),
            optional("grace"),
            optional("deadline"),
            optional("keep-finished"));
    private static final List<Key> TOLERATION =
            List.of(optional("key"), optional("operator"), optional("value"), optional("effect"));
    private static final List<Key> DUMPS = List.of(required("claim"), required("path"));
    private static final List<Key> SECRET = List.of(required("name"), optional("key"));
    private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");
    private static final String QUANTITY = "[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?";
    private static final String NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";
    private static final String ACCOUNT = "nightshift-run";
    private static final String PASSWORD = "password";

    private KubernetesReader() {}

    static Optional<KubernetesSettings> read(Value launcher) {
        return launcher.fields(LAUNCHER, "a mapping with `kubernetes`")
                .flatMap(fields -> fields.at("kubernetes"))
                .flatMap(value -> value.fields(KUBERNETES, "a mapping with `namespace` and `image`"))
                .flatMap(KubernetesReader::settings);
    }

    private static Optional<KubernetesSettings> settings(Fields fields) {
        Optional<String> namespace = name(fields, "namespace", "a namespace");
        Optional<String> image = fields.at("image").flatMap(value -> value.as("an image", KubernetesReader::image));
        Placement placement = placement(fields);
        Secrets secrets = new Secrets(
                fields.at("database-secret").flatMap(KubernetesReader::password),
                names(fields, "env-from", "a Secret"));
        Marks marks = new Marks(texts(fields, "labels"), texts(fields, "annotations"));
        Limits limits = limits(fields);
        return fields.build(() -> new KubernetesSettings(
                namespace.orElseThrow(), image.orElseThrow(), placement, secrets, marks, limits));
    }

    private static Placement placement(Fields fields) {
        List<Toleration> tolerations = new ArrayList<>();
        fields.at("tolerations")
                .ifPresent(list -> list.items("a list such as [{key: dedicated, operator: Exists}]")
                        .forEach(item -> item.fields(TOLERATION, "a mapping with `key`")
                                .ifPresent(one -> tolerations.add(toleration(one)))));
        return new Placement(
                name(fields, "service-account", "a service account").orElse(ACCOUNT),
                resources(fields),
                texts(fields, "node-selector"),
                tolerations,
                name(fields, "priority-class", "a priority class"),
                fields.at("dumps").flatMap(KubernetesReader::dumps));
    }

    private static Toleration toleration(Fields fields) {
        return new Toleration(
                text(fields, "key"), text(fields, "operator"), text(fields, "value"), text(fields, "effect"));
    }

    private static String text(Fields fields, String key) {
        return fields.at(key).flatMap(value -> value.text("a text")).orElse("");
    }

    private static Map<String, String> resources(Fields fields) {
        Map<String, String> resources = new LinkedHashMap<>(Map.of("cpu", "250m", "memory", "512Mi"));
        fields.at("resources")
                .filter(KubernetesReader::isMapping)
                .ifPresent(all -> Fields.entries(all).forEach((name, value) -> {
                    if (!RESOURCES.contains(name)) {
                        value.problemWithKey("expected one of " + String.join(", ", RESOURCES) + ", found '" + name
                                + "'" + Suggestion.text(RESOURCES, name));
                    }
                    value.as("an amount such as 500m or 1Gi", KubernetesReader::amount)
                            .ifPresent(amount -> resources.put(name, amount));
                }));
        return resources;
    }

    private static Map<String, String> texts(Fields fields, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.at(key)
                .filter(KubernetesReader::isMapping)
                .ifPresent(all -> Fields.entries(all)
                        .forEach((name, value) -> value.text("a text").ifPresent(text -> texts.put(name, text))));
        return texts;
    }

    private static boolean isMapping(Value value) {
        return value.isMapping()
                || value.wrong("a mapping of names to texts", "").isPresent();
    }

    private static Optional<Dumps> dumps(Value value) {
        return value.fields(DUMPS, "a mapping with `claim` and `path`").flatMap(fields -> {
            Optional<String> claim = name(fields, "claim", "a volume claim");
            Optional<Path> path = fields.at("path").flatMap(at -> at.as("a path", KubernetesReader::absolute));
            return fields.build(() -> new Dumps(claim.orElseThrow(), path.orElseThrow()));
        });
    }

    private static Optional<PasswordKey> password(Value value) {
        return value.fields(SECRET, "a mapping with `name`").flatMap(fields -> {
            Optional<String> name = name(fields, "name", "a Secret");
            String key = fields.at("key")
                    .flatMap(at -> at.text("a key of the Secret"))
                    .orElse(PASSWORD);
            return fields.build(() -> new PasswordKey(name.orElseThrow(), key));
        });
    }

    private static Limits limits(Fields fields) {
        Limits normal = Limits.DEFAULT;
        return new Limits(
                duration(fields, "start", normal.start(), "10s", "1d"),
                duration(fields, "pull", normal.pull(), "1s", "1d"),
                duration(fields, "grace", normal.grace(), "25s", "1h"),
                duration(fields, "deadline", normal.deadline(), "1m", "30d"),
                duration(fields, "keep-finished", normal.keepFinished(), "1h", "365d"));
    }

    private static Duration duration(Fields fields, String key, Duration normal, String least, String most) {
        return fields.at(key)
                .flatMap(value -> value.as("a duration", text -> Quantities.duration(text, least, most)))
                .orElse(normal);
    }

    private static List<String> names(Fields fields, String key, String what) {
        List<String> names = new ArrayList<>();
        fields.at(key)
                .ifPresent(list -> list.items("a list of names")
                        .forEach(item -> item.as("the name of " + what, text -> checked(text, what))
                                .ifPresent(names::add)));
        return names;
    }

    private static Optional<String> name(Fields fields, String key, String what) {
        return fields.at(key).flatMap(value -> value.as("the name of " + what, text -> checked(text, what)));
    }

    private static String checked(String text, String what) {
        if (!text.matches(NAME)) {
            throw new IllegalArgumentException("expected the name of " + what + ", found '" + text + "'");
        }
        return text;
    }

    static String image(String text) {
        if (!text.matches("[a-zA-Z0-9][\\w./:@-]*")) {
            throw new IllegalArgumentException(
                    "expected an image such as registry/nightshift@sha256:…, found '" + text + "'");
        }
        return text;
    }

    private static String amount(String text) {
        if (!text.matches(QUANTITY)) {
            throw new IllegalArgumentException("expected an amount such as 500m or 1Gi, found '" + text + "'");
        }
        return text;
    }

    static Path absolute(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("expected a path that begins with /, found '" + text + "'");
        }
        return Path.of(text);
    }
}
