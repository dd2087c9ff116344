package dev.nightshift.view;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists and plain values as JSON. Durations are written in seconds, instants in ISO 8601, empty optionals
 * as null; a number that JSON does not have is null too.
 */
public final class Json {

    private Json() {}

    /** On one line. */
    public static String line(Object value) {
        StringBuilder json = new StringBuilder();
        write(json, value, -1);
        return json.toString();
    }

    /** Indented by two spaces. */
    public static String pretty(Object value) {
        StringBuilder json = new StringBuilder();
        write(json, value, 0);
        return json.toString();
    }

    private static void write(StringBuilder json, @Nullable Object value, int indent) {
        if (value instanceof Map<?, ?> map) {
            object(json, map, indent);
        } else if (value instanceof Iterable<?> list) {
            array(json, list, indent);
        } else if (value instanceof Optional<?> optional) {
            write(json, optional.orElse(null), indent);
        } else {
            json.append(scalar(value));
        }
    }

    private static String scalar(@Nullable Object value) {
        if (value instanceof OptionalLong whole) {
            return whole.isPresent() ? Long.toString(whole.getAsLong()) : "null";
        }
        if (value instanceof OptionalDouble real) {
            return real.isPresent() ? number(real.getAsDouble()) : "null";
        }
        if (value instanceof Double real) {
            return number(real);
        }
        if (value instanceof Duration duration) {
            return number(duration.toMillis() / 1000.0);
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        return quoted(
                value instanceof Instant at ? at.truncatedTo(ChronoUnit.MILLIS).toString() : value.toString());
    }

    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "null";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static void object(StringBuilder json, Map<?, ?> map, int indent) {
        json.append('{');
        int inner = deeper(indent);
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(first ? "" : ",");
            lineBreak(json, inner);
            json.append(quoted(String.valueOf(entry.getKey()))).append(indent < 0 ? ":" : ": ");
            write(json, entry.getValue(), inner);
            first = false;
        }
        if (!first) {
            lineBreak(json, indent);
        }
        json.append('}');
    }

    private static void array(StringBuilder json, Iterable<?> list, int indent) {
        json.append('[');
        int inner = deeper(indent);
        boolean first = true;
        for (Object value : list) {
            json.append(first ? "" : ",");
            lineBreak(json, inner);
            write(json, value, inner);
            first = false;
        }
        if (!first) {
            lineBreak(json, indent);
        }
        json.append(']');
    }

    private static int deeper(int indent) {
        return indent < 0 ? indent : indent + 2;
    }

    private static void lineBreak(StringBuilder json, int indent) {
        if (indent >= 0) {
            json.append('\n').append(" ".repeat(indent));
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c < 32 ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
