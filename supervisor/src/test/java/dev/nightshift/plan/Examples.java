package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The plans under examples/. */
final class Examples {

    static final Path DIRECTORY = Path.of("..", "examples");

    private Examples() {}

    static List<Path> files() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Path> plans = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(plans).as("plans in %s", DIRECTORY.toAbsolutePath()).hasSizeGreaterThanOrEqualTo(4);
            return plans;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
