package dev.nightshift.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL from the archive on the class path, or of one major version from the directory of archives that the system
 * property {@code sandbox.archives} names; unpacked once into a cache directory of this user.
 */
final class BundledBinaries {
    private BundledBinaries() {}

    /** The directory of the programs; named for the archive's hash, so that a new version never meets an old one. */
    static Path unpacked(OptionalInt major) {
        try {
            URL archive = archive(major);
            Path home = cache().resolve("postgres-" + hash(archive));
            if (!Files.isDirectory(home)) {
                unpack(archive, home);
            }
            return home.resolve("bin");
        } catch (IOException e) {
            throw new SandboxFailed("could not unpack PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static URL archive(OptionalInt major) throws IOException {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch", "").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "postgres-" + system + "-" + machine;
        Optional<URL> beside = major.isPresent() ? beside(major.getAsInt(), name) : Optional.empty();
        return beside.or(() -> Stream.of("", "-alpine_linux")
                        .flatMap(kind ->
                                Optional.ofNullable(BundledBinaries.class.getResource("/" + name + kind + ".txz"))
                                        .stream())
                        .findFirst())
                .orElseThrow(() -> new SandboxFailed("no PostgreSQL for " + system + "-" + machine
                        + " is installed or on the class path; on Debian: apt install postgresql"));
    }

    /** In an archive {@code …-16.14.0.jar} of that directory. */
    private static Optional<URL> beside(int major, String name) throws IOException {
        String directory = System.getProperty("sandbox.archives", "");
        Path[] archives = directory.isEmpty() ? new Path[0] : archivesIn(Path.of(directory));
        for (Path archive : archives) {
            if (archive.getFileName().toString().matches(".*-" + major + "\\.[0-9.]+\\.jar")) {
                return Optional.of(new URL("jar:" + archive.toUri() + "!/" + name + ".txz"));
            }
        }
        return Optional.empty();
    }

    private static Path[] archivesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toArray(Path[]::new);
        }
    }

    private static String hash(URL archive) throws IOException {
        try (InputStream in = archive.openStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The first directory that can be written to; for root one that the account of the servers can read too. */
    private static Path cache() throws IOException {
        String home = System.getProperty("user.home", "");
        Path inHome =
                Path.of(Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).orElse(home + "/.cache"));
        Path shared = Path.of("/var/cache");
        Path first = "root".equals(System.getProperty("user.name")) ? shared : inHome;
        for (Path parent : List.of(first, inHome)) {
            Path cache = parent.resolve("nightshift");
            if (canCreate(cache)) {
                return cache;
            }
        }
        return Files.createTempDirectory("nightshift-binaries-");
    }

    private static boolean canCreate(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.isWritable(directory);
        } catch (IOException e) {
            return false;
        }
    }

    /** Unpacks beside {@code home} and renames, so that a second JVM never sees half of it. */
    private static void unpack(URL archive, Path home) throws IOException {
        Path partial = Files.createTempDirectory(home.getParent(), "unpacking-");
        String script = "umask 022; chmod 755 \"$0\"; tar --no-same-owner -xf - -C \"$0\"";
        Process tar = Command.builder(List.of("sh", "-c", script, partial.toString()))
                .redirectErrorStream(true)
                .start();
        try (InputStream in = new XZInputStream(archive.openStream());
                OutputStream out = tar.getOutputStream()) {
            in.transferTo(out);
        }
        String complaint = new String(tar.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (tar.waitFor() != 0) {
                throw new SandboxFailed("tar could not unpack PostgreSQL into " + partial + ": " + complaint);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailed("interrupted while unpacking PostgreSQL", e);
        }
        if (!partial.toFile().renameTo(home.toFile())) {
            Command.of("rm", "-rf", partial.toString()).run();
        }
    }
}
