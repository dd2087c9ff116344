package dev.nightshift.plan;

import dev.nightshift.plan.TakeDown.Sessions;
import dev.nightshift.plan.WorkloadsStep.Kind;
import dev.nightshift.plan.WorkloadsStep.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code workloads} steps; one reader for a plan, because what is stopped has to be brought back once. */
final class DowntimeReader {

    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

    private final Map<String, TakeDown> downs = new LinkedHashMap<>();
    private final Map<String, Value> down = new LinkedHashMap<>();
    private final Map<String, String> placeByWorkload = new HashMap<>();
    private final List<Value> withoutExpected = new ArrayList<>();

    Optional<? extends WorkloadsStep> read(String name, Fields fields) {
        Duration within = fields.at("within")
                .flatMap(value -> value.as("a duration such as 10m", text -> Quantities.duration(text, "5s", "1d")))
                .orElse(WITHIN);
        boolean stops = fields.at("stop").isPresent();
        if (stops == fields.at("back").isPresent()) {
            fields.mapping().problem("expected either `stop` or `back`, found " + (stops ? "both" : "neither"));
            return Optional.empty();
        }
        (stops ? List.of("images") : List.of("namespace", "sessions", "keep-down", "expected"))
                .forEach(key -> fields.at(key)
                        .ifPresent(value -> value.problemWithKey(
                                "expected `" + key + "` beside `" + (stops ? "back" : "stop") + "` only, found it")));
        return stops ? takeDown(name, fields, within) : bringBack(name, fields, within);
    }

    private Optional<TakeDown> takeDown(String name, Fields fields, Duration within) {
        for (String needed : List.of("namespace", "sessions")) {
            if (fields.at(needed).isEmpty()) {
                fields.missing(needed, "expected the key '" + needed + "' beside `stop`, found none");
            }
        }
        Optional<String> namespace =
                fields.at("namespace").flatMap(value -> value.as("a namespace", DowntimeReader::named));
        List<Workload> stop = new ArrayList<>();
        fields.at("stop")
                .ifPresent(list -> list.items("a list of workloads such as [deployment/web]")
                        .forEach(item -> item.as("a workload such as deployment/web", DowntimeReader::workload)
                                .filter(found -> once(namespace.orElse("") + "/" + found, item))
                                .ifPresent(stop::add)));
        Optional<Sessions> sessions = fields.at("sessions").flatMap(DowntimeReader::sessions);
        boolean keepDown = fields.at("keep-down").flatMap(Value::yesOrNo).orElse(false);
        Optional<Duration> expected = fields.at("expected")
                .flatMap(value -> value.as("a duration such as 40m", text -> Quantities.duration(text, "1s", "7d")));
        if (expected.isEmpty()) {
            withoutExpected.add(fields.mapping());
        }
        Optional<TakeDown> step = fields.build(() ->
                new TakeDown(name, namespace.orElseThrow(), stop, sessions.orElseThrow(), within, keepDown, expected));
        down.put(name, fields.mapping());
        step.ifPresent(read -> downs.put(name, read));
        return step;
    }

    private boolean once(String workload, Value at) {
        String before = placeByWorkload.putIfAbsent(workload, at.path());
        if (before != null) {
            at.problem("expected each workload to be stopped once, found it here and at " + before);
        }
        return before == null;
    }

    private Optional<BringBack> bringBack(String name, Fields fields, Duration within) {
        Optional<String> of = fields.at("back").flatMap(value -> value.text("the name of a step"));
        of.filter(step -> down.remove(step) == null)
                .ifPresent(step -> fields.at("back")
                        .ifPresent(value ->
                                value.problem("expected the name of an earlier step that stops workloads and was not"
                                        + " brought back, found '" + step + "'"
                                        + Suggestion.text(down.keySet(), step))));
        Optional<TakeDown> taken = of.flatMap(step -> Optional.ofNullable(downs.get(step)));
        Map<String, String> images = new LinkedHashMap<>();
        fields.at("images").ifPresent(value -> taken.ifPresent(step -> images(value, step, images)));
        return taken.flatMap(step -> fields.build(() -> new BringBack(name, step, images, within)));
    }

    private static void images(Value value, TakeDown taken, Map<String, String> images) {
        if (!value.isMapping()) {
            value.wrong("workloads with their images such as {deployment/web: \"registry/web:2\"}", "");
            return;
        }
        List<String> known = taken.stop().stream().map(Workload::toString).toList();
        Fields.entries(value).forEach((what, image) -> {
            String workload = what.replaceFirst("^([^/]*/[^/]*)/[^/]+$", "$1");
            if (!known.contains(workload)) {
                image.problemWithKey("expected one of " + String.join(", ", known) + ", found '" + what + "'"
                        + Suggestion.text(known, workload));
            } else {
                image.text("an image").ifPresent(text -> images.put(what, text));
            }
        });
    }

    private static Optional<Sessions> sessions(Value value) {
        return value.fields(Shape.SESSIONS, "a mapping with `user`").flatMap(fields -> {
            Optional<String> user = fields.at("user").flatMap(at -> at.text("the name of a role"));
            Optional<String> application = fields.at("application-name").flatMap(at -> at.text("an application_name"));
            Optional<Duration> terminate = fields.at("terminate")
                    .flatMap(at -> at.as("a duration such as 2m", text -> Quantities.duration(text, "1s", "1d")));
            return fields.build(() -> new Sessions(user, application, terminate));
        });
    }

    /** What nothing brings back again. */
    void end() {
        down.forEach((name, body) -> body.problem("expected a later step that brings back what this one stops, such as"
                + " workloads: {name: " + name + "-up, back: " + name + "}, found none"));
        down.clear();
    }

    /** Told where the plan has a window. */
    void needsRoom() {
        withoutExpected.forEach(body -> body.problem("expected `expected`, how long the application is down at most,"
                + " since the plan has a window, found none"));
    }

    private static Workload workload(String text) {
        for (Kind kind : Kind.values()) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + "/";
            if (text.startsWith(prefix)) {
                return new Workload(kind, named(text.substring(prefix.length())));
            }
        }
        throw new IllegalArgumentException("expected deployment/NAME or statefulset/NAME, found '" + text + "'");
    }

    private static String named(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a name of Kubernetes, found '" + text + "'");
        }
        return text;
    }
}
