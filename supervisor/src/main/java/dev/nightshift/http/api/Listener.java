package dev.nightshift.http.api;

import dev.nightshift.plan.ApiToken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Somebody who listens to the events of a database, and up to which number they have been told. */
final class Listener {

    private final HttpServerResponse response;
    private final ApiToken bearer;
    private long position;
    private boolean live;

    Listener(HttpServerResponse response, ApiToken bearer) {
        this.response = response;
        this.bearer = bearer;
    }

    ApiToken bearer() {
        return bearer;
    }

    /** Begins the stream; a client that loses it comes again after two seconds. */
    void open(Runnable left) {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .closeHandler(v -> left.run())
                .exceptionHandler(failure -> left.run());
        response.write("retry: 2000\n\n");
    }

    long position() {
        return position;
    }

    void setPosition(long number) {
        position = number;
    }

    /** Told everything that was there; from now on each event as it comes. */
    void setLive() {
        live = true;
    }

    boolean isLive() {
        return live;
    }

    /**
     * An event that comes to light after a later one has no number in the stream: a client that comes again must not go
     * back behind what it has seen.
     */
    void tell(long number, String json) {
        String id = number > position ? "id: " + number + "\n" : "";
        position = Math.max(position, number);
        response.write(id + "data: " + json + "\n\n");
    }

    /** Keeps the connection from looking idle. */
    void breathe() {
        response.write(":\n\n");
    }

    boolean isFull() {
        return response.writeQueueFull();
    }

    boolean isGone() {
        return response.closed() || response.ended();
    }

    /** When more can be written. */
    Future<Void> drained() {
        if (!isFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        response.drainHandler(v -> drained.tryComplete());
        return drained.future();
    }

    void end() {
        if (!isGone()) {
            response.end();
        }
    }
}
