package dev.nightshift.bench.options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Options of one command, each {@code --name value} or {@code --name=value}; a mistake is an {@link IllegalArgumentException}. */
public record Options(Map<String, String> values) {

    public Options {
        values = Map.copyOf(values);
    }

    /** Reads the words; only the names that are known may come. */
    public static Options parse(List<String> known, String... words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            String name = equals < 0 ? words[i] : words[i].substring(0, equals);
            if (!known.contains(name)) {
                String expected = known.isEmpty() ? "no option" : "one of " + String.join(", ", known);
                throw new IllegalArgumentException("expected " + expected + ", found '" + name + "'");
            }
            boolean missing = equals < 0 && i + 1 >= words.length;
            String value = missing ? "" : equals < 0 ? words[++i] : words[i].substring(equals + 1);
            if (value.isBlank()) {
                throw new IllegalArgumentException(name + ": expected a value, found none");
            }
            if (values.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException(name + ": expected once, found twice");
            }
        }
        return new Options(values);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number within limits; {@code otherwise} where the option was not given. */
    public long number(String name, long otherwise, long least, long most) {
        return text(name)
                .map(word -> word.matches("[0-9]{1,12}") ? Long.parseLong(word) : -1L)
                .map(number -> {
                    if (number < least || number > most) {
                        throw new IllegalArgumentException("%s: expected a whole number from %d to %d, found '%s'"
                                .formatted(name, least, most, values.get(name)));
                    }
                    return number;
                })
                .orElse(otherwise);
    }

    /** One of several, by the words that {@code word} gives them. */
    public <T> T choice(String name, T otherwise, T[] all, Function<T, String> word) {
        return text(name).map(found -> choose(name, found, all, word)).orElse(otherwise);
    }

    /** Several of them, separated by commas; all where the option was not given. */
    public <T> List<T> choices(String name, T[] all, Function<T, String> word) {
        return text(name)
                .map(found -> Arrays.stream(found.split(",", -1))
                        .map(part -> choose(name, part.strip(), all, word))
                        .distinct()
                        .toList())
                .orElse(List.of(all));
    }

    private static <T> T choose(String name, String found, T[] all, Function<T, String> word) {
        return Arrays.stream(all)
                .filter(one -> word.apply(one).equals(found))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": expected one of "
                        + String.join(", ", Arrays.stream(all).map(word).toList()) + ", found '" + found + "'"));
    }
}
