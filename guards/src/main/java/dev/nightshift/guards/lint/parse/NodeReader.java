package dev.nightshift.guards.lint.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parser's JSON into nodes: {@code {"AlterTableStmt": {…}}} becomes a node of that kind. */
final class NodeReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser json;
    private final TextOffsets offsets;

    private NodeReader(JsonParser json, TextOffsets offsets) {
        this.json = json;
        this.offsets = offsets;
    }

    static Node read(byte[] text, TextOffsets offsets) {
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            return new NodeReader(json, offsets).object("", "");
        } catch (IOException e) {
            throw new UncheckedIOException("the parser's answer is not JSON", e);
        }
    }

    private Node object(String owner, String field) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        String kind = FieldKinds.of(owner, field);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            if (fields.isEmpty() && isStruct(name) && json.currentToken() == JsonToken.START_OBJECT) {
                Node named = struct(name);
                if (json.nextToken() == JsonToken.END_OBJECT) {
                    return named;
                }
                throw new IOException("a wrapped node with two kinds: " + name);
            }
            Object value = value(kind, name);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return new Node(kind, fields);
    }

    private Node struct(String kind) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            Object value = value(kind, name);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return new Node(kind, fields);
    }

    private @Nullable Object value(String owner, String field) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(owner, field);
            case START_ARRAY -> array(owner, field);
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> place(field, json.getLongValue());
            default -> null;
        };
    }

    private List<Node> array(String owner, String field) throws IOException {
        List<Node> nodes = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                nodes.add(object(owner, field));
            } else {
                json.skipChildren();
            }
        }
        return nodes;
    }

    private Object place(String field, long value) {
        boolean inBytes = field.endsWith("location") || field.startsWith("rexpr_list_");
        return inBytes && value >= 0 ? (long) offsets.ofByte((int) value) : value;
    }

    private static boolean isStruct(String name) {
        return !name.isEmpty() && Character.isUpperCase(name.charAt(0));
    }
}
