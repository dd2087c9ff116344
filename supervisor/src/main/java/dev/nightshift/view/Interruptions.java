package dev.nightshift.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How long a run was slowed and held, and why, read from its history. */
public final class Interruptions {

    /** Of {@code signal subject observed comparison limit} everything but what was observed. */
    private static final Pattern OBSERVED =
            Pattern.compile("(?<= )(?:unknown|without end|[\\d.,]+(?: UNIT)?(?: [\\d.,]+ UNIT)*) (?=(?:>=|<=|>|<|=) )"
                    .replace("UNIT", "(?:ms|s|min|h|d|%|[kMGTPE]?i?B(?:/s)?)"));

    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, RunSummary.Interruption> sums = new LinkedHashMap<>();

    private record Open(String kind, String reason, Instant since) {}

    private Interruptions() {}

    /**
     * The longest first; those with the same reason but for the observed number are added up.
     *
     * @param events the oldest first
     * @param end closes what is still open
     */
    public static List<RunSummary.Interruption> of(List<EventView> events, Instant end) {
        Interruptions read = new Interruptions();
        events.forEach(read::see);
        new ArrayList<>(read.open.keySet()).forEach(key -> read.close(key, end));
        return read.sums.values().stream()
                .sorted(Comparator.comparing(RunSummary.Interruption::took).reversed())
                .toList();
    }

    private void see(EventView event) {
        switch (event.kind()) {
            case "held" -> {
                close("slowed", event.at());
                begin("held " + event.subject(), "held", event);
            }
            case "released" -> close("held " + event.subject(), event.at());
            case "slowed" -> begin("slowed", "slowed", event);
            case "full-pace" -> close("slowed", event.at());
            case "state" -> ended(event);
            default -> {}
        }
    }

    /** Whatever ends the work ends what interrupted it. */
    private void ended(EventView event) {
        switch (event.subject()) {
            case "aborting", "failed", "unclear", "finishing", "succeeded" ->
                new ArrayList<>(open.keySet()).forEach(key -> close(key, event.at()));
            default -> {}
        }
    }

    private void begin(String key, String kind, EventView event) {
        open.putIfAbsent(key, new Open(kind, reason(event), event.at()));
    }

    private void close(String key, Instant at) {
        Open was = open.remove(key);
        if (was == null) {
            return;
        }
        Duration took = Duration.between(was.since(), at);
        sums.merge(
                was.kind() + was.reason(),
                new RunSummary.Interruption(was.kind(), was.reason(), took, 1),
                (a, b) -> new RunSummary.Interruption(
                        a.kind(), a.reason(), a.took().plus(b.took()), a.times() + b.times()));
    }

    private static String reason(EventView event) {
        String who = event.kind().equals("held") && !event.subject().equals("guard") ? event.subject() + ": " : "";
        return who + OBSERVED.matcher(event.message()).replaceAll("");
    }
}
