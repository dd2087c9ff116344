package dev.nightshift.http.api;

import dev.nightshift.http.token.Bearers;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Event streams of all databases; each ends when its token is taken out of the file. */
final class Streams {

    static final String TYPE = "text/event-stream";

    private static final long BREATH_MILLIS = Duration.ofSeconds(15).toMillis();
    private static final int MOST = 1_000;

    private final Map<String, Broadcast> byDatabase = new LinkedHashMap<>();
    private final Vertx vertx;

    Streams(Vertx vertx, Supplier<Bearers> bearers) {
        this.vertx = vertx;
        vertx.setPeriodic(
                BREATH_MILLIS,
                id -> byDatabase
                        .values()
                        .forEach(broadcast -> broadcast.breathe(
                                listener -> bearers.get().tokens().contains(listener.bearer()))));
    }

    /** Whether the request asks for a stream instead of a list. */
    static boolean wanted(Request request) {
        return request.header("accept").contains(TYPE);
    }

    /** @param after the number of the last event that is known to whoever asks */
    Reply open(Request request, Feed feed, OptionalLong after) {
        int open = byDatabase.values().stream().mapToInt(Broadcast::size).sum();
        if (open >= MOST) {
            throw Problem.of(429, "too-many-streams", "Too many streams are open", "there are " + open)
                    .after(Duration.ofSeconds(10))
                    .raised();
        }
        byDatabase
                .computeIfAbsent(feed.database(), name -> new Broadcast(vertx, feed))
                .join(new Listener(request.context().response(), request.bearer()), after);
        return Reply.STREAMED;
    }
}
