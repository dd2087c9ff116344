package dev.nightshift.view;

import dev.nightshift.view.Chronicle.IntentView;
import dev.nightshift.view.Chronicle.PlanView;
import dev.nightshift.view.Chronicle.ReadingView;
import dev.nightshift.view.Chronicle.RunEventView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Documents that only the API gives; as in {@link Documents}, null is “not known”. */
public final class ApiDocuments {

    /** A plan is refused with a password in its URL; this is for what slipped through elsewhere. */
    private static final Pattern PASSWORD =
            Pattern.compile("(://[^\\s/:@\"']*:)[^\\s/@\"']+(?=@)|((?i:password)=)[^\\s&\"']+");

    private ApiDocuments() {}

    /** Whose a token is, never the token. */
    public static Map<String, Object> token(String name, String role) {
        Map<String, Object> document = Documents.of("Token");
        document.put("name", name);
        document.put("role", role);
        return document;
    }

    public static Map<String, Object> steps(StatusView view) {
        Map<String, Object> document = Documents.of("StepList");
        document.put("run", view.run().id().text());
        document.put("expectedEnd", view.expectedEnd());
        document.put("steps", view.steps().stream().map(Documents::step).toList());
        return document;
    }

    public static Map<String, Object> events(String database, List<RunEventView> events) {
        Map<String, Object> document = Documents.of("EventList");
        document.put(
                "events", events.stream().map(event -> event(database, event)).toList());
        return document;
    }

    /** One event of some run of a database. */
    public static Map<String, Object> event(String database, RunEventView event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", event.event().id());
        fields.put("database", database);
        fields.put("run", event.run().text());
        fields.putAll(Documents.event(event.event()));
        return fields;
    }

    /** One series for each signal and subject, its points in the order of time. */
    public static Map<String, Object> readings(String run, List<ReadingView> newestFirst) {
        Map<List<String>, List<Object>> series = new LinkedHashMap<>();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            ReadingView reading = newestFirst.get(i);
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("at", reading.at());
            point.put("value", reading.value());
            series.computeIfAbsent(List.of(reading.signal(), reading.subject()), key -> new ArrayList<>())
                    .add(point);
        }
        List<Object> all = new ArrayList<>();
        series.forEach((key, points) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("signal", key.get(0));
            one.put("subject", key.get(1));
            one.put("points", points);
            all.add(one);
        });
        Map<String, Object> document = Documents.of("ReadingList");
        document.put("run", run);
        document.put("series", all);
        return document;
    }

    public static Map<String, Object> plan(PlanView plan) {
        Map<String, Object> document = Documents.of("PlanText");
        document.put("run", plan.run().text());
        document.put("plan", plan.name());
        document.put("planHash", plan.hash());
        document.put("text", PASSWORD.matcher(plan.text()).replaceAll("$1$2***"));
        document.put("findings", plan.findings());
        return document;
    }

    public static Map<String, Object> schema(SchemaMark mark) {
        Map<String, Object> document = Documents.of("SchemaMark");
        document.put("version", mark.version());
        document.put("state", mark.state().name().toLowerCase(Locale.ROOT));
        document.put("newest", mark.newest());
        document.put("failed", mark.failed());
        document.put("run", mark.run().map(Documents::run));
        return document;
    }

    public static Map<String, Object> intent(String database, IntentView intent) {
        Map<String, Object> document = Documents.of("Intent");
        document.put("database", database);
        document.put("number", intent.number());
        document.put("run", intent.run().text());
        document.put("command", intent.kind());
        document.put("immediate", intent.immediate());
        document.put("reason", intent.reason());
        document.put("by", intent.by());
        document.put("from", intent.from());
        document.put("askedAt", intent.askedAt());
        document.put("observedAt", intent.observedAt());
        document.put("outcome", intent.outcome());
        return document;
    }
}
