package dev.nightshift.endtoend;

import dev.nightshift.sandbox.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A command of Nightshift in a container of the image, as a cluster would start it: a user without rights or a name, a
 * root that cannot be written to, nothing but {@code /tmp}. It shares the host's network, where the sandbox is.
 */
final class Container implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final String name = "nightshift-" + UUID.randomUUID();

    private Container(String image, PostgresServer primary, Path directory, String... arguments) {
        List<String> line = new ArrayList<>(List.of("run", "--detach", "--name", name, "--network", "host"));
        line.addAll(List.of("--read-only", "--tmpfs", "/tmp", "--user", "12345:12345"));
        line.addAll(List.of("--cap-drop", "ALL", "--security-opt", "no-new-privileges"));
        line.addAll(List.of("--volume", directory + ":" + directory));
        line.addAll(List.of("--env", "NIGHTSHIFT_DATABASE=" + primary.url()));
        line.addAll(List.of("--env", "NIGHTSHIFT_PASSWORD=" + primary.password()));
        line.add(image);
        line.addAll(List.of(arguments));
        docker(line.toArray(String[]::new));
    }

    /** @param directory is there in the container as well, under the same path */
    static Container start(String image, PostgresServer primary, Path directory, String... arguments) {
        return new Container(image, primary, directory, arguments);
    }

    /** What its first process ended with. */
    int awaitExit(Duration patience) {
        Night.await(patience, "the end of " + name, () -> inspect("Running").equals("false"));
        return Integer.parseInt(inspect("ExitCode"));
    }

    void terminate() {
        docker("kill", "--signal", "TERM", name);
    }

    String output() {
        return docker("logs", name);
    }

    private String inspect(String what) {
        return docker("inspect", "--format", "{{.State." + what + "}}", name).strip();
    }

    private static String docker(String... arguments) {
        List<String> line = new ArrayList<>(List.of("docker"));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(String.join(" ", line) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        docker("rm", "--force", name);
    }
}
