package dev.nightshift.plan;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program of somebody else, and what it is started with; nothing secret.
 *
 * @param words the program and its arguments; no shell reads them
 * @param directory absolute
 * @param environment added to what the worker has
 * @param url the variable in which it expects the database's URL with the password; empty when libpq's are enough
 */
public record ToolCommand(List<String> words, Path directory, Map<String, String> environment, Optional<String> url) {

    public ToolCommand {
        words = List.copyOf(words);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected a program, found none");
        }
    }

    /** The same program's surroundings with another command line. */
    public ToolCommand saying(List<String> other) {
        return new ToolCommand(other, directory, environment, url);
    }

    /** As somebody would type it. */
    @Override
    public String toString() {
        return shown(words);
    }

    static String shown(List<String> words) {
        return String.join(
                " ",
                words.stream()
                        .map(word -> word.matches("[\\w@%+=:,./{}-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                        .toList());
    }
}
