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
 * @param place where it is started
 * @param environment added to what the worker has, or what its image brings
 * @param url the variable in which it expects the database's URL with the password; empty when libpq's are enough
 */
public record ToolCommand(List<String> words, Place place, Map<String, String> environment, Optional<String> url) {

    /**
     * Beside the worker, or in a container of its own.
     *
     * @param image whose container it is started in; empty beside the worker
     * @param directory absolute; empty for the one that the image says
     */
    public record Place(Optional<String> image, Optional<Path> directory) {

        /** Beside the worker. */
        public static Place here(Path directory) {
            return new Place(Optional.empty(), Optional.of(directory));
        }

        @Override
        public String toString() {
            String at = directory.map(Path::toString).orElse("");
            return image.map(name -> "image " + name + (at.isEmpty() ? "" : " at " + at))
                    .orElse(at);
        }
    }

    public ToolCommand {
        words = List.copyOf(words);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected a program, found none");
        }
    }

    /** The same program's surroundings with another command line. */
    public ToolCommand saying(List<String> other) {
        return new ToolCommand(other, place, environment, url);
    }

    public Optional<String> image() {
        return place.image();
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
