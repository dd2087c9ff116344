package dev.nightshift;

import dev.nightshift.sandbox.Await;
import dev.nightshift.sandbox.Login;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real PgBouncer in front of a server, on this machine and for one test. */
final class PgBouncer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path home;
    private final Login login;

    private PgBouncer(Process process, Path home, Login login) {
        this.process = process;
        this.home = home;
        this.login = login;
    }

    /** The program, where it is installed. */
    static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
        return Stream.of(path.split(":", -1))
                .map(directory -> Path.of(directory, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param mode {@code session} or {@code transaction}
     * @param more lines of its configuration
     */
    static PgBouncer start(Path program, Login server, String mode, String... more) throws IOException {
        Path home = Files.createTempDirectory("nightshift-pgbouncer-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = freePort();
        Path users = Files.writeString(
                home.resolve("users.txt"), "\"" + server.role() + "\" \"" + server.password() + "\"\n");
        List<String> lines = new ArrayList<>(List.of(
                "[databases]",
                server.database() + " = host=" + server.host() + " port=" + server.port(),
                "[pgbouncer]",
                "listen_addr = " + Login.HOST,
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = plain",
                "auth_file = " + users,
                "pool_mode = " + mode));
        lines.addAll(List.of(more));
        Path configuration = Files.write(home.resolve("pgbouncer.ini"), lines);
        PgBouncer pooler = new PgBouncer(
                new ProcessBuilder(command(program, configuration))
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("log").toFile())
                        .start(),
                home,
                new Login(port, server.role(), server.password(), server.database()));
        Await.until("pgbouncer listens", PATIENCE, pooler::listens);
        return pooler;
    }

    /** It refuses to be root, as PostgreSQL does. */
    private static List<String> command(Path program, Path configuration) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(home.resolve("log")));
        }
        try (Socket probe = new Socket(login.host(), login.port())) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The same role and database, through it. */
    Login login() {
        return login;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.list(home)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(home);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
