package dev.nightshift.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code nightshift} program as a child process, with the password of the database in its environment. The system
 * property {@code nightshift.launcher} names the script that a user would type.
 */
public record Program(Optional<Path> pgDump, String password) {

    /** Runs it in the same terminal and answers its exit status. */
    public int run(String... arguments) throws IOException, InterruptedException {
        return process(arguments).inheritIO().start().waitFor();
    }

    /** Runs it with its output in a file; whether it ended well. */
    public boolean print(Path file, String... arguments) throws IOException, InterruptedException {
        return process(arguments)
                        .redirectOutput(file.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Starts it with all that it prints in a file. */
    public Process start(Path file, String... arguments) throws IOException {
        return process(arguments)
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
    }

    private ProcessBuilder process(String... arguments) {
        String program = Optional.ofNullable(System.getProperty("nightshift.launcher"))
                .orElseThrow(() -> new SandboxFailed(
                        "start this with the launcher script `nightshift`: it runs the same program"));
        List<String> words =
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = builder.environment();
        environment.put("PGPASSWORD", password);
        // Where the servers' pg_dump is not in PATH, as with Debian's packages for older versions.
        pgDump.map(Path::getParent)
                .ifPresent(tools ->
                        environment.merge("PATH", tools.toString(), (path, more) -> path + File.pathSeparator + more));
        return builder;
    }
}
