package dev.nightshift.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, texts, numbers and truths as JSON, indented. */
public final class Json {

    private Json() {}

    public static String of(Map<String, ?> object) {
        return write(object, "") + "\n";
    }

    private static String write(Object value, String indent) {
        String deeper = indent + "  ";
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry ->
                            deeper + text(String.valueOf(entry.getKey())) + ": " + write(entry.getValue(), deeper))
                    .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "[]"
                    : list.stream()
                            .map(entry -> deeper + write(entry, deeper))
                            .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
        }
        if (value instanceof Double number) {
            return number.isNaN() || number.isInfinite() ? "null" : rounded(number);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : text(value.toString());
    }

    /** A thousandth is finer than anything that is measured here. */
    private static String rounded(double number) {
        String text = String.format(Locale.ROOT, "%.3f", number).replaceFirst("\\.?0+$", "");
        return text.equals("-0") ? "0" : text;
    }

    private static String text(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
