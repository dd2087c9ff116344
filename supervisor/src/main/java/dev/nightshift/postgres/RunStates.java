package dev.nightshift.postgres;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Backup;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Finishing;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.Parked;
import dev.nightshift.run.Planned;
import dev.nightshift.run.Preflight;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Waiting;
import dev.nightshift.run.Working;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** States of a run as the journal keeps them: a word and, in {@code detail}, what the state carries. */
final class RunStates {

    private RunStates() {}

    static JsonObject detail(RunState state) {
        JsonObject detail = new JsonObject();
        if (!state.holders().isEmpty()) {
            detail.put("holders", holders(state.holders()));
        }
        if (state instanceof Aborting s) {
            detail.put("cause", cause(s.cause()));
        } else if (state instanceof Aborted s) {
            detail.put("cause", cause(s.cause()));
        } else if (state instanceof AbortIncomplete s) {
            detail.put("cause", cause(s.cause())).put("left", new JsonArray(s.left()));
        } else if (state instanceof Failed s) {
            detail.put("failure", failure(s.failure()));
        } else if (state instanceof Unclear s) {
            detail.put("question", s.question());
        }
        return detail;
    }

    static RunState read(String word, JsonObject detail) {
        return switch (word) {
            case "planned" -> new Planned(holders(detail));
            case "waiting" -> new Waiting(holders(detail));
            case "preflight" -> new Preflight(holders(detail));
            case "backup" -> new Backup(holders(detail));
            case "working" -> new Working();
            case "holding" -> new Holding(holders(detail));
            case "parked" -> new Parked(holders(detail));
            case "finishing" -> new Finishing();
            case "succeeded" -> new Succeeded();
            case "aborting" -> new Aborting(cause(detail));
            case "aborted" -> new Aborted(cause(detail));
            case "abort-incomplete" -> new AbortIncomplete(cause(detail), strings(detail.getJsonArray("left")));
            case "failed" -> new Failed(failure(detail.getJsonObject("failure")));
            case "unclear" -> new Unclear(detail.getString("question"));
            default -> throw new IllegalArgumentException("expected the word of a state, found '" + word + "'");
        };
    }

    static JsonObject failure(Failure failure) {
        Explanation e = failure.explanation();
        return explanation(e).put("kind", failure.kind().name());
    }

    /** Reads {@code {kind, what, doing, state, todo}}. */
    static Failure failure(JsonObject json) {
        return new Failure(Failure.Kind.valueOf(json.getString("kind", "STEP")), explanation(json));
    }

    static JsonObject explanation(Explanation e) {
        return new JsonObject()
                .put("what", e.what())
                .put("doing", e.doing())
                .put("state", e.state())
                .put("todo", e.todo());
    }

    static Explanation explanation(JsonObject json) {
        return new Explanation(
                json.getString("what", ""),
                json.getString("doing", ""),
                json.getString("state", ""),
                json.getString("todo", ""));
    }

    private static JsonArray holders(Holders holders) {
        JsonArray all = new JsonArray();
        holders.all()
                .forEach(h -> all.add(new JsonObject()
                        .put("kind", h.kind().name())
                        .put("by", h.by())
                        .put("reason", h.reason())));
        return all;
    }

    private static Holders holders(JsonObject detail) {
        List<Holder> all = new ArrayList<>();
        for (Object each : detail.getJsonArray("holders", new JsonArray())) {
            JsonObject h = (JsonObject) each;
            all.add(new Holder(Holder.Kind.valueOf(h.getString("kind")), h.getString("by"), h.getString("reason")));
        }
        return Holders.of(all);
    }

    private static JsonObject cause(Cause cause) {
        return new JsonObject()
                .put("kind", cause.kind().name())
                .put("by", cause.by())
                .put("reason", cause.reason());
    }

    private static Cause cause(JsonObject detail) {
        JsonObject c = detail.getJsonObject("cause");
        return new Cause(Cause.Kind.valueOf(c.getString("kind")), c.getString("by"), c.getString("reason"));
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }
}
