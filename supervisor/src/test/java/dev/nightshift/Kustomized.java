package dev.nightshift;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects of Kubernetes as {@code kubectl kustomize} renders them, read with the client's models. */
final class Kustomized {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---$");

    private Kustomized() {}

    /** @param typed empty for a kind that the client has no model of */
    record Rendered(String kind, Optional<HasMetadata> typed) {

        /** Names that stand in the text and in no model. */
        List<String> unknownFields() {
            List<String> unknown = new ArrayList<>();
            typed.ifPresent(object -> walk(object, unknown));
            return unknown;
        }
    }

    static boolean isThere() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Path.of(directory, "kubectl").toFile().canExecute());
    }

    static List<Rendered> directory(Path directory) {
        try {
            Process process = new ProcessBuilder("kubectl", "kustomize", directory.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
            return text(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Rendered> text(String yaml) {
        return BETWEEN.splitAsStream(yaml)
                .filter(document -> !document.isBlank())
                .map(Kustomized::rendered)
                .toList();
    }

    static Map<?, ?> yaml(String text) {
        return YAML.unmarshal(text, Map.class);
    }

    static Map<?, ?> map(Map<?, ?> of, String key) {
        return (Map<?, ?>) Objects.requireNonNull(of.get(key), key);
    }

    private static Rendered rendered(String document) {
        Object read = YAML.unmarshal(document);
        if (read instanceof HasMetadata object && !(read instanceof GenericKubernetesResource)) {
            return new Rendered(object.getKind(), Optional.of(object));
        }
        return new Rendered(((GenericKubernetesResource) read).getKind(), Optional.empty());
    }

    private static void walk(@Nullable Object value, List<String> unknown) {
        if (value instanceof Collection<?> many) {
            many.forEach(one -> walk(one, unknown));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(one -> walk(one, unknown));
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
            for (Method getter : value.getClass().getMethods()) {
                if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
                    walk(getter, value, unknown);
                }
            }
        }
    }

    private static void walk(Method getter, Object of, List<String> unknown) {
        try {
            Object value = getter.invoke(of);
            if (getter.getName().equals("getAdditionalProperties")) {
                ((Map<?, ?>) value).keySet().forEach(name -> unknown.add(String.valueOf(name)));
            } else {
                walk(value, unknown);
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(getter.toString(), e);
        }
    }
}
