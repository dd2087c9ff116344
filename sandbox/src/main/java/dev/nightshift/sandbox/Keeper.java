package dev.nightshift.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A small shell beside each server that outlives this JVM: when its standard input ends, even because the JVM was
 * killed, it stops the server at once and deletes its directory.
 */
final class Keeper implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process shell;
    private final OutputStream orders;
    private volatile CompletableFuture<Long> started = new CompletableFuture<>();
    private volatile CompletableFuture<Integer> stopped = CompletableFuture.completedFuture(0);

    private Keeper(Process shell) {
        this.shell = shell;
        this.orders = shell.getOutputStream();
    }

    /** Nothing runs yet: {@link #start} runs {@code command}. */
    static Keeper of(Account account, Path directory, List<String> command) {
        String[] words = Stream.concat(
                        Stream.of("sh", "-c", script(), "keeper", directory.toString()), command.stream())
                .toArray(String[]::new);
        // A session of its own, where possible, keeps a Ctrl-C in this JVM's terminal from the server.
        List<String> session = Command.find("setsid").isPresent() ? List.of("setsid") : List.of();
        List<String> line =
                Stream.concat(session.stream(), account.words(words).stream()).toList();
        try {
            Keeper keeper = new Keeper(Command.builder(line)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            Thread listener = new Thread(keeper::listen, "keeper of " + directory.getFileName());
            listener.setDaemon(true);
            listener.start();
            return keeper;
        } catch (IOException e) {
            throw new SandboxFailed("could not start a shell for " + directory, e);
        }
    }

    /** Starts the command and returns its process id. */
    long start() {
        started = new CompletableFuture<>();
        stopped = new CompletableFuture<>();
        try {
            orders.write("start\n".getBytes(StandardCharsets.UTF_8));
            orders.flush();
            return started.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new SandboxFailed("the keeper of a server does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailed("interrupted while a server was started", e);
        }
    }

    boolean running() {
        return !stopped.isDone();
    }

    /** Stops the command if it still runs, and returns when its directory is gone. */
    @Override
    public void close() {
        try {
            orders.close();
            if (!shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new SandboxFailed("the keeper of a server did not end");
            }
        } catch (IOException e) {
            throw new SandboxFailed("could not close the keeper of a server", e);
        } catch (InterruptedException e) {
            // Its standard input has ended, so it finishes without anybody waiting.
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                if (words[0].equals("started")) {
                    started.complete(Long.parseLong(words[1]));
                } else if (words[0].equals("stopped")) {
                    stopped.complete(Integer.parseInt(words[1]));
                }
            }
        } catch (IOException e) {
            started.completeExceptionally(e);
        } finally {
            stopped.complete(-1);
        }
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(Keeper.class.getResourceAsStream("keeper.sh"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SandboxFailed("could not read keeper.sh", e);
        }
    }
}
