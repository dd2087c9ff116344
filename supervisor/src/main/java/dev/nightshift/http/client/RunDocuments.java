package dev.nightshift.http.client;

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
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Waiting;
import dev.nightshift.run.Working;
import dev.nightshift.view.RunView;
import io.vertx.core.json.JsonObject;

/** A run and its state, from what {@link dev.nightshift.view.Documents#run} writes. */
final class RunDocuments {

    private RunDocuments() {}

    static RunView run(JsonObject run) {
        return new RunView(
                new RunId(run.getString("id")),
                run.getString("plan"),
                run.getString("planHash"),
                run.getString("database"),
                state(run),
                Read.instant(run, "since"),
                Read.instant(run, "createdAt"),
                Read.maybe(run, "startedAt"),
                Read.maybe(run, "endedAt"),
                run.getString("by"));
    }

    private static RunState state(JsonObject run) {
        String word = run.getString("state");
        return switch (word) {
            case "planned" -> new Planned(holders(run));
            case "waiting" -> new Waiting(holders(run));
            case "preflight" -> new Preflight(holders(run));
            case "backup" -> new Backup(holders(run));
            case "working" -> new Working();
            case "holding" -> new Holding(holders(run));
            case "parked" -> new Parked(holders(run));
            case "finishing" -> new Finishing();
            case "succeeded" -> new Succeeded();
            case "aborting" -> new Aborting(cause(run));
            case "aborted" -> new Aborted(cause(run));
            case "abort-incomplete" -> new AbortIncomplete(cause(run), Read.texts(run, "left"));
            case "failed" -> new Failed(failure(run.getJsonObject("failure")));
            case "unclear" -> new Unclear(run.getString("question"));
            default -> throw new IllegalArgumentException("expected the word of a state, found '" + word + "'");
        };
    }

    private static Holders holders(JsonObject run) {
        return Holders.of(Read.list(
                run,
                "holders",
                holder -> new Holder(
                        Read.word(Holder.Kind.class, holder, "kind"),
                        holder.getString("by"),
                        holder.getString("reason"))));
    }

    private static Cause cause(JsonObject run) {
        JsonObject cause = run.getJsonObject("cause");
        return new Cause(Read.word(Cause.Kind.class, cause, "kind"), cause.getString("by"), cause.getString("reason"));
    }

    private static Failure failure(JsonObject failure) {
        Explanation why = new Explanation(
                failure.getString("what"),
                failure.getString("doing"),
                failure.getString("state"),
                failure.getString("todo"));
        return new Failure(Read.word(Failure.Kind.class, failure, "kind"), why);
    }
}
