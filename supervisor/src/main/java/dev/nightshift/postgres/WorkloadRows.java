package dev.nightshift.postgres;

import dev.nightshift.drive.Stopped;
import dev.nightshift.plan.WorkloadsStep.Kind;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.StepReply;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Stopped workloads, and what the worker that waits for them is told, as the journal has them. */
final class WorkloadRows {

    private WorkloadRows() {}

    static Stopped stopped(JsonObject w) {
        Map<String, String> images = w.getJsonObject("images").stream()
                .collect(Collectors.toMap(Map.Entry::getKey, image -> String.valueOf(image.getValue())));
        return new Stopped(
                w.getInteger("step"),
                w.getString("namespace"),
                new Workload(Kind.valueOf(w.getString("kind").toUpperCase(Locale.ROOT)), w.getString("name")),
                w.getInteger("replicas"),
                images,
                w.getBoolean("keep_down"),
                w.getString("stopped_at") != null,
                Duration.ofMillis((long) (w.getDouble("age") * 1000)),
                Optional.ofNullable(w.getString("refused")));
    }

    static String kind(Workload workload) {
        return workload.kind().name().toLowerCase(Locale.ROOT);
    }

    static JsonObject answer(StepReply answer) {
        if (answer instanceof StepReply.Refused refused) {
            return new JsonObject().put("refused", RunStates.explanation(refused.why()));
        }
        return answer instanceof StepReply.Done done
                ? new JsonObject().put("done", done.note())
                : new JsonObject().put("waits", ((StepReply.Waits) answer).why());
    }

    static StepReply answer(JsonObject json) {
        JsonObject refused = json.getJsonObject("refused");
        if (refused != null) {
            return new StepReply.Refused(RunStates.explanation(refused));
        }
        String done = json.getString("done");
        return done == null ? new StepReply.Waits(json.getString("waits", "")) : new StepReply.Done(done);
    }
}
