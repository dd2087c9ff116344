package dev.nightshift.endtoend;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows a database's events as a client should: cut off, it comes again to some server with the last number it has seen. */
final class EventEar implements AutoCloseable {

    private static final long PAUSE_MILLIS = 200;

    private final List<Long> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Supplier<List<String>> roots;
    private final Thread thread = new Thread(this::follow, "ear");
    private volatile boolean closed;
    private volatile @Nullable InputStream open;
    private String last = "0";
    private int turn;

    /**
     * Begins with the first event there is.
     *
     * @param roots of the servers that are there now
     * @param first which of them is asked first
     */
    EventEar(Supplier<List<String>> roots, int first) {
        this.roots = roots;
        this.turn = first;
        thread.setDaemon(true);
        thread.start();
    }

    /** Numbers of the events, in the order in which they came. */
    List<Long> heard() {
        return heard;
    }

    /** How many streams it took. */
    int opened() {
        return opened.get();
    }

    private void follow() {
        while (!closed) {
            try {
                listen();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listen() throws InterruptedException {
        List<String> there = roots.get();
        String root = there.get(turn++ % there.size());
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + "/events?database=shop"))
                .header("authorization", "Bearer secret")
                .header("accept", "text/event-stream")
                .header("last-event-id", last)
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                open = in;
                if (answer.statusCode() == 200) {
                    opened.incrementAndGet();
                    read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException cut) {
            return; // the next server is asked
        }
    }

    /** What has not come to its empty line was cut off and does not count. */
    private void read(BufferedReader lines) throws IOException {
        String id = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !data.isEmpty()) {
                heard.add(new JsonObject(data).getLong("id"));
                last = id.isEmpty() ? last : id;
                id = "";
                data = "";
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        InputStream in = open;
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            return; // cut already
        }
    }
}
