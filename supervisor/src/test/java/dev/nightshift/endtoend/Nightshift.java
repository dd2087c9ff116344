package dev.nightshift.endtoend;

import dev.nightshift.sandbox.PostgresServer;
import dev.nightshift.sandbox.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running command of Nightshift. */
final class Nightshift {

    private static final Optional<String> COMMAND =
            ProcessHandle.current().info().command();

    private final Process process;
    private final Path output;
    private final Set<ProcessHandle> workers = new HashSet<>();

    private Nightshift(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Nightshift start(
            Path directory, PostgresServer primary, Map<String, String> environment, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nightshift.Main"));
        line.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(directory, "nightshift-", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("NIGHTSHIFT_DATABASE", primary.url());
            builder.environment().put("NIGHTSHIFT_PASSWORD", primary.password());
            builder.environment().putAll(environment);
            return new Nightshift(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The worker that this supervisor has now: its only child that is a Java process as well. */
    Optional<ProcessHandle> worker() {
        Optional<ProcessHandle> worker = process.children()
                .filter(child -> child.isAlive() && child.info().command().equals(COMMAND))
                .findFirst();
        worker.ifPresent(workers::add);
        return worker;
    }

    ProcessHandle awaitWorker() {
        Night.await("a worker", () -> worker().isPresent() || !isAlive());
        return worker().orElseThrow(() -> new AssertionError("it ended without a worker:\n" + output()));
    }

    /** Ends the supervisor's process only, as {@code kill -9} would; its worker finds out by itself. */
    void killAlone() {
        worker();
        Processes.kill(process.pid());
    }

    /** Ends everything that it has started. */
    void kill() {
        Stream.concat(
                        process.descendants(),
                        workers.stream().flatMap(worker -> Stream.concat(worker.descendants(), Stream.of(worker))))
                .forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience + "; it said:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
