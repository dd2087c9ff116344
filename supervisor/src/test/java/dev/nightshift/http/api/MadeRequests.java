package dev.nightshift.http.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Requests made up from the OpenAPI document: what it allows, its bounds, what it forbids and what nobody thought of. The
 * same seed makes the same requests.
 */
public final class MadeRequests {

    private static final List<String> METHODS = List.of("PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW");
    private static final List<String> TYPES =
            List.of("application/json; charset=utf-8", "APPLICATION/JSON", "text/plain", "", "application/xml", ";");
    private static final List<String> ACCEPTS =
            List.of("text/event-stream", "application/json, text/event-stream;q=0", "*/*", "", "x/y");
    /** A body has more to go wrong than a path. */
    private static final int POSTS = 4;

    private static final int SHOWN = 400;
    private static final int LONGEST_IN_TARGET = 6_000;

    private final List<Operation> operations = new ArrayList<>();
    private final MadeValues values;
    private final Random random;

    private record Operation(String path, String method, JsonObject described) {}

    /**
     * A request as it goes over the wire.
     *
     * @param operation what it was made from
     * @param target path and query
     */
    public record Made(String operation, String method, String target, List<String> headers, Buffer body) {

        @Override
        public String toString() {
            return method + " " + shown(target) + " " + shown(headers.toString()) + " " + shown(body.toString());
        }

        private static String shown(String text) {
            return text.length() > SHOWN ? text.substring(0, SHOWN) + "… of " + text.length() : text;
        }
    }

    /** @param known values that the document cannot tell, by the name of a parameter or member */
    public MadeRequests(JsonObject document, Map<String, List<String>> known, long seed) {
        this.random = new Random(seed);
        this.values = new MadeValues(document, known, random);
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                Operation one = new Operation(path, method.toUpperCase(Locale.ROOT), methods.getJsonObject(method));
                operations.addAll(Collections.nCopies(one.method().equals("POST") ? POSTS : 1, one));
            }
        }
    }

    /** Of which of them requests are made. */
    public List<String> operations() {
        return operations.stream()
                .map(one -> one.method() + " " + one.path())
                .distinct()
                .toList();
    }

    public Made next() {
        Operation one = operations.get(random.nextInt(operations.size()));
        boolean posts = one.method().equals("POST");
        String method = random.nextInt(25) == 0 ? pick(METHODS) : one.method();
        List<String> headers = new ArrayList<>();
        if (posts) {
            headers.add("Content-Type: " + (random.nextInt(12) == 0 ? pick(TYPES) : "application/json"));
        }
        if (random.nextInt(posts ? 12 : 4) == 0) {
            headers.add("Accept: " + pick(ACCEPTS));
        }
        String target = ApiServer.ROOT + target(one, headers);
        byte[] body = posts ? body(one) : new byte[0];
        return new Made(one.method() + " " + one.path(), method, target, List.copyOf(headers), Buffer.buffer(body));
    }

    private String target(Operation one, List<String> headers) {
        StringBuilder query = new StringBuilder();
        String path = one.path();
        for (Object described : one.described().getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = values.resolved((JsonObject) described);
            String name = parameter.getString("name");
            JsonObject schema = parameter.getJsonObject("schema");
            switch (parameter.getString("in")) {
                case "path" ->
                    path = path.replace("{" + name + "}", coded(values.text(name, schema, LONGEST_IN_TARGET)));
                case "query" -> {
                    for (int times = random.nextInt(12) == 0 ? 2 : random.nextInt(2); times > 0; times--) {
                        add(query, name, values.text(name, schema, LONGEST_IN_TARGET));
                    }
                }
                default -> {
                    if (random.nextBoolean()) {
                        headers.add(name + ": " + values.text(name, schema, 500));
                    }
                }
            }
        }
        if (random.nextInt(15) == 0) {
            add(query, values.odd(), values.odd());
        }
        return path + query;
    }

    private void add(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&')
                .append(coded(name))
                .append('=')
                .append(coded(value));
    }

    /** As it must be, but now and then as somebody would send it who does not know how. */
    private String coded(String text) {
        String coded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return switch (random.nextInt(30)) {
            case 0 -> text;
            case 1 -> coded.replace("%", "%25");
            case 2 -> coded + "%";
            case 3 -> coded + "%C0%80%FF";
            default -> coded;
        };
    }

    private byte[] body(Operation one) {
        JsonObject content = one.described().getJsonObject("requestBody").getJsonObject("content");
        Object made = values.json("", content.getJsonObject("application/json").getJsonObject("schema"), 3);
        String text = made instanceof JsonObject object
                ? object.encode()
                : new JsonArray().add(made).encode();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(36)) {
            case 0 -> new byte[0];
            case 1 -> text.substring(0, text.length() / 2).getBytes(StandardCharsets.UTF_8);
            case 2 -> (text + text).getBytes(StandardCharsets.UTF_8);
            case 3 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
            case 4 -> text.getBytes(StandardCharsets.UTF_16);
            case 5 -> "[".repeat(20_000).getBytes(StandardCharsets.UTF_8);
            case 6 -> ("{\"kind\":" + "[".repeat(900) + "]".repeat(900) + "}").getBytes(StandardCharsets.UTF_8);
            case 7 ->
                ("{\"kind\":\"pause\",\"reason\":\"" + "x".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);
            case 8 -> broken(bytes);
            default -> bytes;
        };
    }

    private byte[] broken(byte[] bytes) {
        byte[] broken = bytes.clone();
        for (int i = 0; i < 4 && broken.length > 0; i++) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        return broken;
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
