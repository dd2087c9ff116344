package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.SandboxFailed;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code nightshift} program as a child process in the same terminal. */
record Program(Optional<Path> pgDump) {

    /** Runs it with that database password and answers its exit status. */
    int run(String password, String... arguments) throws IOException, InterruptedException {
        String program = Optional.ofNullable(System.getProperty("nightshift.program"))
                .orElseThrow(() -> new SandboxFailed("start the demo as `nightshift demo`: it runs the same program"));
        List<String> words =
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        Map<String, String> environment = builder.environment();
        environment.put("PGPASSWORD", password);
        // Where the servers' pg_dump is not in PATH, as with Debian's packages for older versions.
        pgDump.map(Path::getParent)
                .ifPresent(tools ->
                        environment.merge("PATH", tools.toString(), (path, more) -> path + File.pathSeparator + more));
        return builder.start().waitFor();
    }
}
