package dev.nightshift.plan;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.ReplicaClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code replicas}: which standbys and slots a run has to spare, and where some of them are reached. */
final class ReplicasReader {

    private final List<Declared> named = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();
    private final Map<String, DatabaseUrl> urls = new LinkedHashMap<>();

    private ReplicasReader() {}

    /** What the plan declares, and the URLs of standbys that are asked themselves. */
    record Replicas(DeclaredReplicas declared, Map<String, DatabaseUrl> urls) {

        static final Replicas DISCOVER = new Replicas(DeclaredReplicas.DISCOVER, Map.of());
    }

    static Optional<Replicas> read(Value value) {
        if (value.isMapping()) {
            return new ReplicasReader().listed(value);
        }
        return value.word(
                        Map.of("none", DeclaredReplicas.NONE, "discover", DeclaredReplicas.DISCOVER),
                        "none, discover or a mapping with `required`")
                .map(declared -> new Replicas(declared, Map.of()));
    }

    private Optional<Replicas> listed(Value value) {
        Fields fields = value.fields(Shape.REPLICAS, "").orElseThrow();
        fields.at("urls").ifPresent(this::urls);
        for (ReplicaClass kind : ReplicaClass.values()) {
            fields.at(kind.key()).ifPresent(list -> {
                switch (kind) {
                    case DELAYED -> delayed(list);
                    case CASCADED -> cascaded(list);
                    default -> list.items("a list of names").forEach(item -> name(item, kind));
                }
            });
        }
        if (fields.sound() && named.isEmpty()) {
            value.problem("expected at least one name, found none; write `replicas: none` if there is no standby");
        }
        if (fields.sound()) {
            fields.at("urls").ifPresent(this::checkNames);
        }
        return fields.build(() -> new Replicas(DeclaredReplicas.listed(named), urls));
    }

    private void name(Value item, ReplicaClass kind) {
        item.text("the name of a standby or slot").ifPresent(name -> {
            if (once(item, name)) {
                named.add(Declared.of(name, kind));
            }
        });
    }

    private void delayed(Value value) {
        entries(value, "names with their delays such as {standby-dr: 1h}")
                .forEach((name, delay) -> delay.as("a delay such as 1h", Quantities::duration)
                        .ifPresent(duration -> {
                            if (once(delay, name)) {
                                named.add(Declared.delayed(name, duration));
                            }
                        }));
    }

    private void cascaded(Value value) {
        entries(value, "names with the standby in front of each such as {standby-c: standby-a}")
                .forEach((name, upstream) -> upstream.text("the name of the standby that it streams from")
                        .ifPresent(before -> cascaded(upstream, name, before)));
    }

    /** The primary does not know of it, so without its upstream's URL nobody could ever see it. */
    private void cascaded(Value value, String name, String upstream) {
        if (!urls.containsKey(upstream)) {
            value.problem("expected a standby with a URL under `urls`, which is asked for " + name + ", found '"
                    + upstream + "'" + Suggestion.text(urls.keySet(), upstream));
        } else if (once(value, name)) {
            named.add(Declared.cascaded(name, upstream));
        }
    }

    private void urls(Value value) {
        entries(value, "standbys with their URLs such as {standby-a: \"postgresql://user@standby-a:5432/database\"}")
                .forEach((name, url) -> url.as(
                                "a URL such as postgresql://user@standby-a:5432/database", DatabaseUrl::parse)
                        .ifPresent(parsed -> urls.put(name, parsed)));
    }

    private void checkNames(Value value) {
        List<String> names = named.stream().map(Declared::name).toList();
        Fields.entries(value).forEach((name, url) -> {
            if (!names.contains(name)) {
                url.problemWithKey(
                        "expected one of the replicas named here, found '" + name + "'" + Suggestion.text(names, name));
            }
        });
    }

    private static Map<String, Value> entries(Value value, String expected) {
        if (value.isMapping()) {
            return Fields.entries(value);
        }
        value.wrong(expected, "");
        return Map.of();
    }

    private boolean once(Value value, String name) {
        String before = seen.putIfAbsent(name, value.path());
        if (before != null) {
            value.problem("expected each name once, found '" + name + "' here and at " + before);
        }
        return before == null;
    }
}
