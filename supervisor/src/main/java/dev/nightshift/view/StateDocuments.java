package dev.nightshift.view;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Holder;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Unclear;
import java.util.LinkedHashMap;
import java.util.Map;

/** What documents say of a run's state besides its name: who holds it, and why it came to that. */
final class StateDocuments {

    private StateDocuments() {}

    static void put(Map<String, Object> fields, RunState state) {
        fields.put(
                "holders",
                state.holders().all().stream().map(StateDocuments::holder).toList());
        Cause.of(state).ifPresent(cause -> fields.put("cause", cause(cause)));
        if (state instanceof Failed failed) {
            Map<String, Object> failure = new LinkedHashMap<>();
            failure.put("kind", Documents.word(failed.failure().kind()));
            failure.putAll(Documents.explanation(failed.failure().explanation()));
            fields.put("failure", failure);
        } else if (state instanceof Unclear unclear) {
            fields.put("question", unclear.question());
        } else if (state instanceof AbortIncomplete incomplete) {
            fields.put("left", incomplete.left());
        }
    }

    private static Map<String, Object> cause(Cause cause) {
        return Map.of("kind", Documents.word(cause.kind()), "by", cause.by(), "reason", cause.reason());
    }

    private static Map<String, Object> holder(Holder holder) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("kind", Documents.word(holder.kind()));
        fields.put("by", holder.by());
        fields.put("reason", holder.reason());
        return fields;
    }
}
