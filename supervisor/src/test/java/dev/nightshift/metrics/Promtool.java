package dev.nightshift.metrics;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool, where it is installed. */
final class Promtool {

    private final Path program;

    /** What it printed, and the code it ended with. */
    record Ended(int code, String output) {}

    private Promtool(Path program) {
        this.program = program;
    }

    /** Skips the test, and says so, where there is none. */
    static Promtool installed() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println("skipped: no promtool on the PATH; Debian has it in the package prometheus");
        }
        Assumptions.assumeTrue(found.isPresent(), "no promtool on the PATH");
        return new Promtool(found.orElseThrow());
    }

    Ended run(Path directory, String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path in = Files.createTempFile("promtool", ".in");
        try {
            Files.writeString(in, input);
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } finally {
            Files.delete(in);
        }
    }
}
