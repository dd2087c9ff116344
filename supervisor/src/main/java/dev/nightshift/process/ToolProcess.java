package dev.nightshift.process;

import dev.nightshift.worker.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A tool in a session of its own below a small shell, which ends all of it when it is told to, or when the pipe from this
 * process ends: also a worker that is killed leaves no tool behind.
 */
final class ToolProcess implements Tools.Running {

    /** Reads signal names from its standard input; the end of that is the end of the worker. */
    private static final String KEEPER = """
            exec 3<&0 </dev/null
            if command -v setsid >/dev/null 2>&1; then
                setsid "$@" 3<&- &
                tool=$! group=-$!
            else
                "$@" 3<&- &
                tool=$! group=$!
            fi
            (
                trap '' INT TERM HUP QUIT
                while read -r signal <&3; do kill -s "$signal" -- "$group"; done
                kill -s TERM -- "$group"
                sleep 1
                kill -s KILL -- "$group"
            ) >/dev/null 2>&1 &
            keeper=$!
            exec 3<&-
            trap : INT TERM HUP QUIT
            wait "$tool"
            code=$?
            while [ "$code" -gt 128 ] && kill -s 0 "$tool" 2>/dev/null; do
                wait "$tool"
                code=$?
            done
            kill -s KILL "$keeper" 2>/dev/null
            kill -s KILL -- "$group" 2>/dev/null
            exit "$code"
            """;

    /** What still comes out of the pipe; a process that left its session may hold it open for ever. */
    private static final long LAST_WORDS_MILLIS = 1_000;

    private static final long GONE_SECONDS = 5;

    private final Process keeper;
    private final List<Thread> readers;

    /**
     * Who takes what it prints, on threads of their own.
     *
     * @param complaints empty when both are one, in the order in which they come
     */
    record Ears(Consumer<String> lines, Optional<Consumer<String>> complaints) {}

    private ToolProcess(Process keeper, Ears ears) {
        this.keeper = keeper;
        List<Thread> threads = new ArrayList<>();
        threads.add(reader(keeper.getInputStream(), ears.lines()));
        ears.complaints().ifPresent(taker -> threads.add(reader(keeper.getErrorStream(), taker)));
        this.readers = List.copyOf(threads);
    }

    /** @throws IOException when there is no shell, or no such directory */
    static ToolProcess start(List<String> words, Path directory, Map<String, String> environment, Ears ears)
            throws IOException {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "nightshift-tool"));
        line.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.redirectErrorStream(ears.complaints().isEmpty());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ToolProcess(builder.start(), ears);
    }

    @Override
    public Optional<Tools.Ended> end(Duration wait) {
        OptionalInt exit = exit(wait);
        return exit.isPresent() ? Optional.of(Tools.Ended.with(exit.getAsInt())) : Optional.empty();
    }

    /** Its exit status as soon as it has ended; empty when it still runs after {@code wait}. */
    OptionalInt exit(Duration wait) {
        try {
            if (!keeper.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return OptionalInt.empty();
            }
            for (Thread reader : readers) {
                reader.join(LAST_WORDS_MILLIS);
            }
            return OptionalInt.of(keeper.exitValue());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public Set<Tools.Peer> connections() {
        return TcpConnections.of(keeper.toHandle());
    }

    @Override
    public void terminate() {
        send("TERM");
    }

    @Override
    public void kill() {
        send("KILL");
    }

    private void send(String signal) {
        try {
            OutputStream pipe = keeper.getOutputStream();
            pipe.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            // The keeper has ended, and so has the tool; or somebody killed it, and then close() ends what is left.
            keeper.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> below = keeper.descendants().toList();
        boolean interrupted = Thread.interrupted();
        if (keeper.isAlive()) {
            kill();
        }
        try {
            if (!keeper.waitFor(GONE_SECONDS, TimeUnit.SECONDS)) {
                keeper.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            keeper.destroyForcibly();
        }
        below.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread reader(InputStream stream, Consumer<String> lines) {
        Thread thread = new Thread(() -> read(stream, lines), "nightshift-tool-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(InputStream stream, Consumer<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException ended) {
            // It was killed and its pipe closed; its exit status tells how it ended.
            return;
        }
    }
}
