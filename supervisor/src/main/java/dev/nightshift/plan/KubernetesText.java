package dev.nightshift.plan;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Settings of the launcher as text again, for a worker that starts Jobs itself; they hold nothing secret. */
public final class KubernetesText {

    /** In which variable a worker finds them. */
    public static final String VARIABLE = "NIGHTSHIFT_LAUNCHER";

    private KubernetesText() {}

    /** A settings file with nothing but {@code launcher}. */
    public static String of(KubernetesSettings settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("namespace", settings.namespace());
        all.put("image", settings.image());
        put(all, settings.placement());
        settings.secrets()
                .password()
                .ifPresent(key -> all.put("database-secret", Map.of("name", key.secret(), "key", key.key())));
        all.put("env-from", settings.secrets().environment());
        all.put("labels", settings.marks().labels());
        all.put("annotations", settings.marks().annotations());
        put(all, settings.limits());
        // A list is written to have something in it, and empty ones that are the same would become references.
        all.values().removeIf(value -> List.of().equals(value) || Map.of().equals(value));
        DumpSettings flow =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.FLOW).build();
        return new Dump(flow).dumpToString(Map.of("launcher", Map.of("kubernetes", all)));
    }

    private static void put(Map<String, Object> all, KubernetesSettings.Placement placement) {
        all.put("service-account", placement.serviceAccount());
        all.put("resources", placement.requests());
        all.put("node-selector", placement.nodeSelector());
        List<Map<String, Object>> tolerations =
                placement.tolerations().stream().map(KubernetesText::toleration).toList();
        all.put("tolerations", tolerations);
        placement.priorityClass().ifPresent(name -> all.put("priority-class", name));
        placement
                .dumps()
                .ifPresent(dumps -> all.put(
                        "dumps",
                        Map.of("claim", dumps.claim(), "path", dumps.path().toString())));
    }

    private static Map<String, Object> toleration(KubernetesSettings.Toleration one) {
        Map<String, Object> keys = new LinkedHashMap<>(
                Map.of("key", one.key(), "operator", one.operator(), "value", one.value(), "effect", one.effect()));
        keys.values().removeIf(""::equals);
        return keys;
    }

    private static void put(Map<String, Object> all, KubernetesSettings.Limits limits) {
        all.put("start", text(limits.start()));
        all.put("pull", text(limits.pull()));
        all.put("grace", text(limits.grace()));
        all.put("deadline", text(limits.deadline()));
        all.put("keep-finished", text(limits.keepFinished()));
    }

    private static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
