package dev.nightshift.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One outside program while it runs: it keeps the last lines of what the program complains about, can be cancelled from
 * another thread, and leaves no process behind when it is closed or this JVM ends.
 */
public final class Tool implements AutoCloseable {

    /** Time for a program to end its own children and queries after SIGTERM. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int KEPT_LINES = 20;
    private static final int LONGEST_LINE = 500;

    /** What a program prints without ever ending a line must not fill the memory. */
    private static final int LONGEST_READ = 1 << 20;

    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Tool::kill), "nightshift-tools-end"));
    }

    private final Process process;
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread output;
    private final Thread errors;
    private volatile boolean cancelled;

    private Tool(Process process, Secrets secrets, Consumer<String> lines) {
        this.process = process;
        this.output = reader(process.getInputStream(), line -> lines.accept(secrets.masked(line)));
        this.errors = reader(process.getErrorStream(), line -> keep(secrets.masked(line)));
    }

    /**
     * Starts a program with nothing to read.
     *
     * @param environment added to this process's own, of which every variable of libpq is taken away first
     * @param lines takes what the program prints, on a thread of its own
     * @throws UncheckedIOException when there is no such program
     */
    public static Tool start(List<String> command, Map<String, String> environment, Consumer<String> lines) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment);
        // Messages in one language, since a person will search for them.
        builder.environment().put("LC_ALL", "C");
        return start(builder, Secrets.NONE, lines);
    }

    /**
     * Starts a program that sees exactly this environment; no secret of it stands in what is kept.
     *
     * @param directory in which it runs
     */
    static Tool startIn(Path directory, List<String> command, Map<String, String> environment, Consumer<String> lines) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return start(builder, Secrets.in(environment), lines);
    }

    private static Tool start(ProcessBuilder builder, Secrets secrets, Consumer<String> lines) {
        try {
            Process process = builder.start();
            ALIVE.add(process);
            process.getOutputStream().close();
            return new Tool(process, secrets, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the end of the program.
     *
     * @param tick called about each {@code every} while it runs
     * @return its exit status; never 0 when it was cancelled
     */
    public int await(Duration every, Runnable tick) {
        try {
            while (!process.waitFor(every.toMillis(), TimeUnit.MILLISECONDS)) {
                if (cancelled) {
                    kill(process);
                } else {
                    tick.run();
                }
            }
            // Not for ever: a grandchild that lives on may hold the pipe open.
            output.join(GRACE.toMillis());
            errors.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
        return cancelled ? -1 : process.exitValue();
    }

    /** As {@link #await(Duration, Runnable)}, for programs that take a moment. */
    public int await() {
        return await(Duration.ofSeconds(1), () -> {});
    }

    /** Asks the program to end; {@link #await} returns soon. */
    public void cancel() {
        cancelled = true;
        process.destroy();
    }

    public boolean cancelled() {
        return cancelled;
    }

    /** The last lines that it wrote to its standard error, the oldest first. */
    public List<String> complaints() {
        synchronized (complaints) {
            return List.copyOf(complaints);
        }
    }

    /** Ends the program if it still runs, and returns when it is gone. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill(process);
        }
        ALIVE.remove(process);
    }

    private static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        boolean interrupted = Thread.interrupted();
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(String line) {
        synchronized (complaints) {
            if (complaints.size() == KEPT_LINES) {
                complaints.removeFirst();
            }
            complaints.addLast(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…");
        }
    }

    private static Thread reader(InputStream stream, Consumer<String> lines) {
        Thread thread = new Thread(() -> read(stream, lines), "nightshift-tool-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(InputStream stream, Consumer<String> lines) {
        StringBuilder line = new StringBuilder();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    lines.accept(line.toString());
                    line.setLength(0);
                } else if (c != '\r' && line.length() < LONGEST_READ) {
                    line.append((char) c);
                }
            }
            if (line.length() > 0) {
                lines.accept(line.toString());
            }
        } catch (IOException ended) {
            // The program was killed and its pipe closed; its exit status tells how it ended.
            return;
        }
    }
}
