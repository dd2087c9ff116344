package dev.nightshift.http.api;

import dev.nightshift.view.ApiDocuments;
import dev.nightshift.view.Chronicle.RunEventView;
import dev.nightshift.view.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of one database as they are written, to everybody who listens: one question a second while somebody does,
 * and none else. Used from one event loop.
 */
final class Broadcast {

    private static final long LOOK_MILLIS = 1_000;
    private static final int PAGE = 500;
    private static final int KEPT = 2 * PAGE;
    /** Numbers are drawn before they are committed, so one may come to light after a higher one. */
    private static final long LATE = 64;

    private final Vertx vertx;
    private final Feed feed;
    private final NavigableMap<Long, String> known = new TreeMap<>();
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private @Nullable Future<Void> begun;
    private long timer;
    private boolean looking;

    Broadcast(Vertx vertx, Feed feed) {
        this.vertx = vertx;
        this.feed = feed;
    }

    int size() {
        return listeners.size();
    }

    /**
     * Tells what comes from now on.
     *
     * @param after and before that everything with a higher number than this
     */
    void join(Listener listener, OptionalLong after) {
        listeners.add(listener);
        listener.open(() -> leave(listener));
        begin().onSuccess(v -> {
                    long newest = known.isEmpty() ? 0 : known.lastKey();
                    listener.setPosition(Math.min(after.orElse(newest), newest));
                    goOn(listener);
                })
                .onFailure(failure -> drop(listener));
    }

    /** Keeps every connection alive whose token is still good; ends the others. */
    void breathe(Predicate<Listener> stillMay) {
        for (Listener listener : List.copyOf(listeners)) {
            if (stillMay.test(listener)) {
                listener.breathe();
            } else {
                drop(listener);
            }
        }
    }

    private Future<Void> begin() {
        Future<Void> now = begun;
        if (now == null || now.failed()) {
            now = feed.askNow(pages -> written(pages.chronicle().events(OptionalLong.empty(), PAGE)))
                    .map(events -> {
                        known.putAll(events);
                        timer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
                        return null;
                    });
            begun = now;
        }
        return now;
    }

    /** From memory where that goes back far enough, else page by page from the journal. */
    private void goOn(Listener listener) {
        if (listener.isGone()) {
            return;
        }
        long from = listener.position();
        if (known.size() < PAGE || from >= known.firstKey()) {
            fromMemory(listener);
            return;
        }
        feed.askNow(pages -> written(pages.chronicle().events(OptionalLong.of(from), PAGE)))
                .compose(events -> {
                    events.forEach(listener::tell);
                    return listener.drained().map(v -> events.isEmpty());
                })
                .onSuccess(all -> {
                    if (all) {
                        fromMemory(listener);
                    } else {
                        goOn(listener);
                    }
                })
                .onFailure(failure -> drop(listener));
    }

    private void fromMemory(Listener listener) {
        known.tailMap(listener.position(), false).forEach(listener::tell);
        listener.setLive();
    }

    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        long from = known.isEmpty() ? 0 : Math.max(0, known.lastKey() - LATE);
        feed.askNow(pages -> written(pages.chronicle().events(OptionalLong.of(from), PAGE)))
                .onSuccess(this::found)
                .onComplete(v -> looking = false);
    }

    private void found(Map<Long, String> events) {
        events.forEach((number, json) -> {
            if (known.putIfAbsent(number, json) == null) {
                List.copyOf(listeners).forEach(listener -> tell(listener, number, json));
            }
        });
        while (known.size() > KEPT) {
            known.pollFirstEntry();
        }
    }

    /** Who does not read what was sent is cut off, and may come again with the last number seen. */
    private void tell(Listener listener, long number, String json) {
        if (listener.isLive() && listener.isFull()) {
            drop(listener);
        } else if (listener.isLive()) {
            listener.tell(number, json);
        }
    }

    private void drop(Listener listener) {
        leave(listener);
        listener.end();
    }

    private void leave(Listener listener) {
        if (listeners.remove(listener) && listeners.isEmpty()) {
            vertx.cancelTimer(timer);
            begun = null;
            known.clear();
        }
    }

    private Map<Long, String> written(List<RunEventView> events) {
        Function<RunEventView, String> json = event -> Json.line(ApiDocuments.event(feed.database(), event));
        NavigableMap<Long, String> written = new TreeMap<>();
        events.forEach(event -> written.put(event.event().id(), json.apply(event)));
        return written;
    }
}
