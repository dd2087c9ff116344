package dev.nightshift.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.worker.Tools.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a tool starts ends with it, with its worker, or when it is told to. */
@Timeout(60)
class ToolProcessTest {

    /** Tells its pid and that of a child, and neither listens to SIGTERM. */
    private static final String STUBBORN =
            "trap '' TERM; sh -c 'echo child $$; while :; do sleep 1; done' & echo tool $$; wait";

    @TempDir
    Path directory = Path.of("");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ToolProcess start(String script) throws IOException {
        return ToolProcess.start(
                List.of("sh", "-c", script),
                directory,
                Map.of("PATH", String.valueOf(System.getenv("PATH"))),
                new ToolProcess.Ears(lines::add, Optional.empty()));
    }

    @Test
    void its_exit_status_and_all_it_printed_are_there_when_it_has_ended() throws IOException {
        try (ToolProcess tool = start("echo out; echo err >&2; pwd; cat; exit 7")) {
            assertThat(tool.exit(Duration.ofSeconds(20))).isEqualTo(OptionalInt.of(7));
            assertThat(lines)
                    .containsExactly("out", "err", directory.toRealPath().toString());
        }
    }

    @Test
    void it_ends_on_sigterm_when_it_listens_to_it() throws IOException {
        try (ToolProcess tool = start("trap 'echo asked; exit 9' TERM; echo there; while :; do sleep 0.1; done")) {
            await(() -> lines.contains("there"));
            tool.terminate();
            assertThat(tool.exit(Duration.ofSeconds(20))).isEqualTo(OptionalInt.of(9));
            assertThat(lines).contains("asked");
        }
    }

    @Test
    void killed_it_takes_its_children_with_it() throws IOException {
        try (ToolProcess tool = start(STUBBORN)) {
            await(() -> lines.size() == 2);
            tool.terminate();
            assertThat(tool.exit(Duration.ofMillis(500))).isEmpty();
            tool.kill();
            assertThat(tool.exit(Duration.ofSeconds(20)).orElse(0)).isEqualTo(128 + 9);
        }
        assertGone();
    }

    @Test
    void what_a_tool_leaves_running_ends_with_it() throws IOException {
        try (ToolProcess tool = start("sh -c 'echo child $$; exec sleep 600' & echo tool $$; sleep 0.5")) {
            assertThat(tool.exit(Duration.ofSeconds(20))).isEqualTo(OptionalInt.of(0));
        }
        assertGone();
    }

    @Test
    void it_ends_when_its_worker_is_killed() throws Exception {
        Path said = directory.resolve("said");
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString(),
                        STUBBORN)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            await(() -> read(said).size() >= 2);
            lines.addAll(read(said));
        } finally {
            worker.destroyForcibly().waitFor();
        }
        assertGone();
    }

    /** Starts a tool and waits for ever. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            ToolProcess tool = ToolProcess.start(
                    List.of("sh", "-c", arguments[1]),
                    Path.of(arguments[0]),
                    System.getenv(),
                    new ToolProcess.Ears(System.out::println, Optional.empty()));
            while (tool.exit(Duration.ofSeconds(1)).isEmpty()) {
                System.out.flush();
            }
        }
    }

    @Test
    void its_connections_are_seen_also_those_of_its_children() throws IOException {
        Assumptions.assumeTrue(said(Files.exists(Path.of("/proc/net/tcp")), "no /proc/net/tcp on this machine"));
        Assumptions.assumeTrue(said(Files.exists(Path.of("/bin/bash")), "no bash on this machine"));
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ToolProcess tool = start("bash -c 'exec 5<>/dev/tcp/127.0.0.1/" + server.getLocalPort()
                        + "; echo connected; sleep 600' & wait");
                Socket connection = server.accept()) {
            await(() -> lines.contains("connected"));
            assertThat(tool.connections()).containsExactly(new Peer("127.0.0.1", connection.getPort()));
        }
    }

    private static boolean said(boolean holds, String otherwise) {
        if (!holds) {
            System.out.println("skipped: " + otherwise);
        }
        return holds;
    }

    private void assertGone() {
        List<Long> pids = lines.stream()
                .filter(line -> line.startsWith("child ") || line.startsWith("tool "))
                .map(line -> Long.valueOf(line.split(" ", 2)[1]))
                .toList();
        assertThat(pids).hasSize(2);
        await(() -> pids.stream()
                .noneMatch(
                        pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void await(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("did not come").isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
