package dev.nightshift.http.courier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A receiver on this machine that keeps what it is sent and answers as it is told. */
public final class Hook implements AutoCloseable {

    /** Never to be seen anywhere but in what was sent. */
    public static final String PATH = "/services/T000/B000/s3cr3tPath";

    /** One request. */
    public record Received(Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(one -> one.getKey().equalsIgnoreCase(name))
                    .map(one -> one.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    /** How a request is answered. */
    public interface Manner {
        void answer(HttpExchange exchange) throws IOException;
    }

    public final List<Received> received = new CopyOnWriteArrayList<>();
    public volatile Manner manner = exchange -> reply(exchange, 200, "ok");
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    public Hook() {
        this(Optional.empty());
    }

    /** One that speaks TLS. */
    public Hook(SSLContext context) {
        this(Optional.of(context));
    }

    private Hook(Optional<SSLContext> context) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            server = context.isPresent() ? HttpsServer.create(any, 0) : HttpServer.create(any, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        scheme = context.isPresent() ? "https" : "http";
        context.ifPresent(one -> ((HttpsServer) server).setHttpsConfigurator(new HttpsConfigurator(one)));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
            manner.answer(exchange);
        });
        server.start();
    }

    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    public static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
