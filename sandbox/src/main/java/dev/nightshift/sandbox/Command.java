package dev.nightshift.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A short-lived program of this machine: its words, and what it printed. */
record Command(List<String> words) {
    private static final int MISSING = 127;

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** What one run of a command came to. */
    record Outcome(int exit, String output) {}

    /** Standard output and error together; fails unless the exit status is 0. */
    String run() {
        Outcome outcome = attempt();
        if (outcome.exit() != 0) {
            throw new SandboxFailed("'" + String.join(" ", words) + "' ended with exit status " + outcome.exit() + ":\n"
                    + outcome.output().strip());
        }
        return outcome.output().strip();
    }

    /** What it printed, whatever its exit status; empty where there is no such program. */
    String output() {
        Outcome outcome = attempt();
        return outcome.exit() == MISSING ? "" : outcome.output().strip();
    }

    boolean succeeds() {
        return attempt().exit() == 0;
    }

    private Outcome attempt() {
        try {
            Process process = builder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                return new Outcome(process.waitFor(), text);
            }
        } catch (IOException e) {
            return new Outcome(MISSING, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailed("interrupted in '" + String.join(" ", words) + "'", e);
        }
    }

    /** A builder without the caller's PG* variables, which would change what PostgreSQL's programs do. */
    static ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(Path.of("/").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** The directories of PATH, and the two where the tools of an administrator are. */
    static Stream<Path> searchPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin", "/sbin"))
                .filter(directory -> !directory.isBlank())
                .map(Path::of)
                .distinct();
    }

    static Optional<Path> find(String program) {
        return searchPath()
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
