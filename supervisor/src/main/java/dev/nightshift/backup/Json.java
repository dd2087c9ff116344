package dev.nightshift.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON of maps, lists, texts, numbers and truth values: all that a manifest and the answers of programs need, without a
 * library that this package may not name. A key without a value ({@code null}) is read as one that is not there.
 */
final class Json {

    /** Recursion of a text that somebody else wrote has to end before the stack does. */
    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /** Indented for people, with the keys in the order of the map. */
    static String write(Object value) {
        return write(value, "") + "\n";
    }

    /**
     * Reads one value: a {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double} or {@code Boolean}.
     *
     * @throws IllegalArgumentException when the text is none, or is not at its end behind the value
     */
    static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blanks();
        if (json.at < text.length()) {
            throw json.unexpected("the end");
        }
        return value;
    }

    private static String write(Object value, String indent) {
        String inner = indent + "  ";
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry ->
                            inner + quoted(String.valueOf(entry.getKey())) + ": " + write(entry.getValue(), inner))
                    .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "[]"
                    : list.stream()
                            .map(item -> inner + write(item, inner))
                            .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
        }
        return value instanceof String string ? quoted(string) : value.toString();
    }

    private static String quoted(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private Object value() {
        if (++depth > DEEPEST) {
            throw unexpected("less depth");
        }
        Object value = plain();
        depth--;
        return value;
    }

    private Object plain() {
        blanks();
        char c = peek();
        if (c == '{') {
            return map();
        }
        if (c == '[') {
            return list();
        }
        if (c == '"') {
            return string();
        }
        for (boolean truth : new boolean[] {true, false}) {
            if (text.startsWith(Boolean.toString(truth), at)) {
                at += Boolean.toString(truth).length();
                return truth;
            }
        }
        return number();
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        for (boolean first = true; more('}', first); first = false) {
            blanks();
            String key = string();
            blanks();
            expect(':');
            blanks();
            if (nothing()) {
                map.remove(key);
            } else {
                map.put(key, value());
            }
        }
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        expect('[');
        for (boolean first = true; more(']', first); first = false) {
            blanks();
            if (!nothing()) {
                list.add(value());
            }
        }
        return list;
    }

    private boolean nothing() {
        boolean found = text.startsWith("null", at);
        at += found ? "null".length() : 0;
        return found;
    }

    /** Steps over the end, or over the comma before the next item. */
    private boolean more(char end, boolean first) {
        blanks();
        if (peek() == end) {
            at++;
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            string.append(text.charAt(at++) == '\\' ? escaped() : text.charAt(at - 1));
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        if (c == 'u') {
            at += 4;
            if (at > text.length()) {
                throw unexpected("four hexadecimal digits");
            }
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }
        int known = "nrtbf\"\\/".indexOf(c);
        if (known < 0) {
            throw unexpected("an escape");
        }
        return "\n\r\t\b\f\"\\/".charAt(known);
    }

    private Object number() {
        int begin = at;
        while (at < text.length() && "-+.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (begin == at) {
            throw unexpected("a value");
        }
        String number = text.substring(begin, at);
        if (number.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
            return Long.parseLong(number);
        }
        return Double.parseDouble(number);
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected("more");
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected("'" + c + "'");
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException(
                "expected " + expected + " at character " + (at + 1) + " of " + text.length());
    }
}
