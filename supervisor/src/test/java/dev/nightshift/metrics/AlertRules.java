package dev.nightshift.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alerts as their files have them. */
public final class AlertRules {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path PLAIN = ROOT.resolve("grafana/prometheus");

    private AlertRules() {}

    /** One rule, with its labels and annotations. */
    public record Alert(String name, String expression, Map<String, String> labels, Map<String, String> annotations) {}

    public static List<Alert> all() {
        return Stream.of("nightshift", "kubernetes")
                .flatMap(name -> groups(yaml(PLAIN.resolve(name + ".rules.yaml"))))
                .flatMap(group -> maps(at(group, "rules")))
                .map(rule -> new Alert(
                        at(rule, "alert").toString(),
                        at(rule, "expr").toString(),
                        texts(at(rule, "labels")),
                        texts(at(rule, "annotations"))))
                .toList();
    }

    static Stream<Map<String, Object>> groups(Map<String, Object> rules) {
        return maps(at(rules, "groups"));
    }

    static Object at(Map<String, Object> mapping, String key) {
        return Objects.requireNonNull(mapping.get(key), key);
    }

    @SuppressWarnings("unchecked")
    static Stream<Map<String, Object>> maps(Object list) {
        return ((List<Map<String, Object>>) list).stream();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(Object value) {
        return (Map<String, String>) value;
    }

    static Map<String, Object> yaml(Path file) {
        return map(new Load(LoadSettings.builder().build()).loadFromString(text(file)));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
