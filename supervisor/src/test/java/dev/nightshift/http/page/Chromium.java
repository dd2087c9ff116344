package dev.nightshift.http.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Chromium with one page, steered over its DevTools protocol; notes every complaint and every address. */
public final class Chromium implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Escape", 27);

    public final List<String> complaints = new CopyOnWriteArrayList<>();
    public final List<String> addresses = new CopyOnWriteArrayList<>();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path directory;
    private final WebSocket socket;

    public Chromium(Path program, Path directory) {
        this.directory = directory;
        try {
            process = new ProcessBuilder(
                            program.toString(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--no-first-run",
                            "--hide-scrollbars",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + directory,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("chromium.log").toFile())
                    .start();
            Path port = directory.resolve("DevToolsActivePort");
            await("Chromium listens", () -> Files.exists(port) && lines(port).size() > 1);
            socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(page(lines(port).get(0))), new Ear())
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
                .forEach(domain -> send(domain, new JsonObject()));
    }

    public static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(":", -1))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private String page(String port) {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        String told = http.sendAsync(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .join()
                .body();
        return new JsonArray(told)
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> one.getString("type").equals("page"))
                        .map(one -> one.getString("webSocketDebuggerUrl"))
                        .findFirst()
                        .orElseThrow();
    }

    JsonObject send(String method, JsonObject parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        socket.sendText(
                        new JsonObject()
                                .put("id", number)
                                .put("method", method)
                                .put("params", parameters)
                                .encode(),
                        true)
                .join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public void open(String url) {
        send("Page.navigate", new JsonObject().put("url", url));
    }

    /** What an expression comes to, a promise's value when it is one. */
    public @Nullable Object eval(String expression) {
        JsonObject answer = send(
                "Runtime.evaluate",
                new JsonObject()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.getJsonObject("exceptionDetails"));
        }
        return answer.getJsonObject("result").getValue("value");
    }

    public String text(String selector) {
        return String.valueOf(eval("document.querySelector('" + selector + "')?.textContent ?? ''"));
    }

    /** Waits until an expression is true. */
    public void until(String expression) {
        await(
                expression + "\n" + complaints,
                () -> isTrue("document.readyState === 'complete' && !!(" + expression + ")"));
    }

    private boolean isTrue(String expression) {
        try {
            return Boolean.TRUE.equals(eval(expression));
        } catch (CompletionException e) {
            return false; // the page is being left for another
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    public void type(String text) {
        send("Input.insertText", new JsonObject().put("text", text));
    }

    /** Tab, Enter or Escape, as from a keyboard. */
    public void press(String key) {
        JsonObject event = new JsonObject()
                .put("key", key)
                .put("code", key)
                .put("windowsVirtualKeyCode", KEYS.getOrDefault(key, 0));
        JsonObject down = event.copy().put("type", key.equals("Enter") ? "keyDown" : "rawKeyDown");
        send("Input.dispatchKeyEvent", key.equals("Enter") ? down.put("text", "\r") : down);
        send("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }

    public void look(int width, int height, String scheme) {
        send(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 500));
        JsonObject feature =
                new JsonObject().put("name", "prefers-color-scheme").put("value", scheme);
        send("Emulation.setEmulatedMedia", new JsonObject().put("features", new JsonArray().add(feature)));
    }

    public void shoot(Path file) {
        // Two frames: what was just resized is laid out, drawn and then painted.
        eval("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))))");
        String data = send("Page.captureScreenshot", new JsonObject().put("format", "png"))
                .getString("data");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
        try {
            // Links out of a directory that the test deletes.
            for (String link : List.of("SingletonLock", "SingletonSocket", "SingletonCookie")) {
                Files.deleteIfExists(directory.resolve(link));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void told(JsonObject message) {
        Integer number = message.getInteger("id");
        if (number != null) {
            CompletableFuture<JsonObject> answer = waiting.remove(number);
            if (answer != null && message.containsKey("error")) {
                answer.completeExceptionally(new AssertionError(message.encode()));
            } else if (answer != null) {
                answer.complete(message.getJsonObject("result", new JsonObject()));
            }
            return;
        }
        JsonObject said = message.getJsonObject("params", new JsonObject());
        switch (message.getString("method", "")) {
            case "Runtime.exceptionThrown" -> complaints.add(said.encode());
            case "Runtime.consoleAPICalled" -> complaints.add(said.encode());
            case "Log.entryAdded" -> logged(said.getJsonObject("entry"));
            case "Network.requestWillBeSent" ->
                addresses.add(said.getJsonObject("request").getString("url"));
            default -> {
                // Not asked for.
            }
        }
    }

    private void logged(JsonObject entry) {
        if (!entry.getString("level").equals("verbose")) {
            complaints.add(entry.getString("level") + " " + entry.getString("text"));
        }
    }

    /** Hears messages, which may come in pieces. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            text.append(piece);
            if (last) {
                JsonObject message = new JsonObject(text.toString());
                text.setLength(0);
                told(message);
            }
            from.request(1);
            return null;
        }
    }
}
