package dev.nightshift.program;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param command the program and its arguments; no shell reads them
 * @param directory in which it runs
 * @param environment all that it sees; see {@link Surroundings}
 * @param limit after which it is ended
 */
public record Order(List<String> command, Path directory, Map<String, String> environment, Duration limit) {

    public Order {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("expected a program and its arguments, found none");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Without the values of its environment. */
    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
