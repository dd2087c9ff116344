package dev.nightshift.http.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of a schema of the OpenAPI document: mostly what it allows, else its bounds, another type, odd text, or too much. */
final class MadeValues {

    private static final List<String> ODD = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\r\nX-Evil: 1",
            "\uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDD27",
            "\uD83D",
            "\uDE00\uD83D",
            "\u202Eabc\u2066",
            "\uFEFF\uFFFE\uFFFF",
            "\u2028\u2029\u0085",
            "e\u0301\u0301\u0301\u0301",
            "\u0661\u0662",
            "\u0130\u0131\u017F\u212A",
            "..",
            "../../etc/passwd",
            "%",
            "%00",
            "%zz",
            "'; DROP TABLE nightshift.runs;--",
            "$1 \\ \" ' ` ${x} {{x}}",
            "<script>alert(1)</script>",
            "null",
            "NaN",
            "-0",
            "1e400",
            "0x10",
            "+5",
            "5.0",
            "true");

    private static final List<String> INSTANTS = List.of(
            "1970-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999Z",
            "+294276-12-31T23:59:59Z",
            "+294277-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59.999999999Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "-4714-11-24T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "-1000000000-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-06-30T23:59:60Z",
            "2026-03-02T24:00:00Z",
            "2026-03-02T01:31:14+18:00",
            "2026-03-02T01:31:14+19:00",
            "2026-03-02",
            "1772415074");

    private static final int DEEP = 3;

    private final JsonObject document;
    private final Map<String, List<String>> known;
    private final Random random;

    /** @param known values that the document cannot tell, by the name of a parameter or member; of an object, its members */
    MadeValues(JsonObject document, Map<String, List<String>> known, Random random) {
        this.document = document;
        this.known = Map.copyOf(known);
        this.random = random;
    }

    /** As text for a path, a query or a header; {@code huge} is how long it gets at most. */
    String text(String name, JsonObject schema, int huge) {
        Object value = random.nextInt(5) == 0 ? unlikely(resolved(schema), huge) : likely(name, resolved(schema), DEEP);
        return value instanceof String text ? text : String.valueOf(value);
    }

    /** As JSON for a body. */
    @Nullable Object json(String name, JsonObject schema, int depth) {
        boolean object = resolved(schema).containsKey("properties");
        boolean odd = random.nextInt(object ? 16 : 8) == 0;
        return odd ? unlikely(resolved(schema), 20_000) : likely(name, resolved(schema), depth);
    }

    private Object likely(String name, JsonObject schema, int depth) {
        if (schema.containsKey("const")) {
            return schema.getValue("const");
        }
        if (schema.containsKey("enum")) {
            return pick(schema.getJsonArray("enum").getList());
        }
        if (known.containsKey(name)) {
            return schema.containsKey("additionalProperties")
                    ? named(known.getOrDefault(name, List.of()))
                    : pick(known.getOrDefault(name, List.of()));
        }
        return switch (type(schema)) {
            case "integer", "number" -> within(schema);
            case "boolean" -> random.nextBoolean();
            case "array" -> array(name, schema, depth);
            case "object" -> object(schema, depth);
            default -> "date-time".equals(schema.getString("format")) ? "2026-03-02T01:31:14Z" : word(schema);
        };
    }

    private long within(JsonObject schema) {
        long least = schema.getLong("minimum", 0L);
        long most = schema.getLong("maximum", least + 20);
        return least + (long) (random.nextDouble() * (most - least));
    }

    private String word(JsonObject schema) {
        int most = Math.min(40, schema.getInteger("maxLength", 40));
        return "abcdefghij klmnopqrstuvwxyz 0123456789 é".substring(0, random.nextInt(most));
    }

    private JsonArray array(String name, JsonObject schema, int depth) {
        JsonObject items = schema.getJsonObject("items", new JsonObject());
        JsonArray all = new JsonArray();
        IntStream.range(0, depth == 0 ? 0 : random.nextInt(4)).forEach(i -> all.add(json(name, items, depth - 1)));
        return all;
    }

    private JsonObject object(JsonObject schema, int depth) {
        JsonObject members = schema.getJsonObject("properties", new JsonObject());
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        JsonObject made = new JsonObject();
        for (String name : members.fieldNames()) {
            int leftOut = required.contains(name) ? 15 : 3;
            if (random.nextInt(leftOut) != 0) {
                made.put(name, json(name, members.getJsonObject(name), depth));
            }
        }
        if (random.nextInt(8) == 0) {
            made.put(odd(), json("", new JsonObject(), depth));
        }
        return made;
    }

    /** An object whose members the document does not name. */
    private JsonObject named(List<String> members) {
        JsonObject made = new JsonObject();
        members.stream()
                .filter(name -> random.nextInt(12) != 0)
                .forEach(name -> made.put(name, json(name, new JsonObject(), 0)));
        return made;
    }

    private @Nullable Object unlikely(JsonObject schema, int huge) {
        return switch (random.nextInt(4)) {
            case 0 -> edge(schema);
            case 1 -> otherType();
            case 2 -> pick(ODD);
            default -> huge(huge);
        };
    }

    private Object edge(JsonObject schema) {
        if ("date-time".equals(schema.getString("format"))) {
            return pick(INSTANTS);
        }
        if (type(schema).equals("string")) {
            int most = schema.getInteger("maxLength", 100);
            return pick(List.of("", "x".repeat(most), "x".repeat(most + 1), "\uD83D\uDE00".repeat(most)));
        }
        long least = schema.getLong("minimum", 0L);
        long most = schema.getLong("maximum", Long.MAX_VALUE);
        return pick(List.of(least, most, least - 1, most + 1, 0L, -1L, Long.MIN_VALUE, "9223372036854775808", 1e308));
    }

    private @Nullable Object otherType() {
        @Nullable Object[] all = {null, true, -1.5, 1, "x", new JsonArray(), new JsonObject(), nested()};
        return all[random.nextInt(all.length)];
    }

    private Object huge(int most) {
        int length = 1 + random.nextInt(most);
        return switch (random.nextInt(4)) {
            case 0 -> "x".repeat(length);
            case 1 -> "\u2603".repeat(length / 3 + 1);
            case 2 -> "9".repeat(Math.min(length, 5_000));
            default -> "\"\\".repeat(length / 2 + 1);
        };
    }

    private static JsonArray nested() {
        JsonArray inner = new JsonArray();
        for (int i = 0; i < 300; i++) {
            inner = new JsonArray().add(inner);
        }
        return inner;
    }

    String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    /** Whatever a reference leads to. */
    JsonObject resolved(JsonObject value) {
        return Optional.ofNullable(value.getString("$ref"))
                .map(ref -> Stream.of(ref.substring(2).split("/", -1))
                        .reduce(document, JsonObject::getJsonObject, (a, b) -> b))
                .orElse(value);
    }

    private static String type(JsonObject schema) {
        Object type = schema.getValue("type", schema.containsKey("properties") ? "object" : "string");
        return type instanceof JsonArray several ? several.getString(0) : String.valueOf(type);
    }

    private Object pick(List<?> all) {
        return all.get(random.nextInt(all.size()));
    }
}
