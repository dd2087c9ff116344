package dev.nightshift.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.net.HttpURLConnection;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the played API server holds. A watch whose connection was cut ends on a thread of its own: the mock would wait on its
 * event loop for a write that only this event loop can end, and answer nobody for half a minute.
 */
class WatchedObjects extends KubernetesCrudDispatcher {

    private static final int FORBIDDEN = 403;

    private static final Pattern LOG = Pattern.compile("/pods/([^/?]+)/log");
    private static final Pattern SINCE = Pattern.compile("sinceTime=([^&]+)");

    private final Map<String, List<String>> logs = new ConcurrentHashMap<>();
    private volatile String refusal = "";

    /** Whatever is to be made is forbidden from now on, in these words. */
    void refuse(String words) {
        refusal = words;
    }

    void refuseNothing() {
        refusal = "";
    }

    /** What pods have printed so far, by their names: each line behind its time. */
    Map<String, List<String>> logs() {
        return logs;
    }

    @Override
    public MockResponse handleGet(String path) {
        Matcher log = LOG.matcher(path);
        if (!log.find()) {
            return super.handleGet(path);
        }
        Matcher since = SINCE.matcher(path);
        String from = since.find() ? URLDecoder.decode(since.group(1), StandardCharsets.UTF_8) : "";
        String lines = logs.getOrDefault(log.group(1), List.of()).stream()
                .filter(line -> line.compareTo(from.replace("Z", "")) >= 0)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new MockResponse().setResponseCode(HttpURLConnection.HTTP_OK).setBody(lines);
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
        if (refusal.isEmpty()) {
            return super.handleCreate(request);
        }
        Status status = new StatusBuilder()
                .withStatus("Failure")
                .withReason("Forbidden")
                .withCode(FORBIDDEN)
                .withMessage(refusal)
                .build();
        return new MockResponse().setResponseCode(FORBIDDEN).setBody(Serialization.asJson(status));
    }

    @Override
    public MockResponse handleWatch(String path) {
        MockResponse response = super.handleWatch(path);
        return response.withWebSocketUpgrade(new EndsBeside(response.getWebSocketListener()));
    }

    private static final class EndsBeside extends WebSocketListener {
        private final WebSocketListener watch;

        EndsBeside(WebSocketListener watch) {
            this.watch = watch;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            watch.onOpen(socket, response);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            watch.onClosing(socket, code, reason);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            beside(() -> watch.onClosed(socket, code, reason));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, Response response) {
            beside(() -> watch.onFailure(socket, failure, response));
        }

        private static void beside(Runnable end) {
            Thread thread = new Thread(end, "watch ends");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
