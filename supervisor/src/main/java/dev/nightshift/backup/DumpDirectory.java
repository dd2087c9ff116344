package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.run.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The directory of one dump: {@code NAME.partial} until everything in it is complete and on disk, then {@code NAME}. */
record DumpDirectory(Path location) {

    private static final String PARTIAL = ".partial";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int BUFFER = 1 << 17;

    static DumpDirectory name(Path parent, String database, Instant at, RunId run) {
        String safe = database.replaceAll("[^A-Za-z0-9_.-]", "_");
        return new DumpDirectory(parent.resolve(safe + "-" + STAMP.format(at) + "-" + run));
    }

    Path partial() {
        return location.resolveSibling(location.getFileName() + PARTIAL);
    }

    private Path parent() {
        return Objects.requireNonNull(location.toAbsolutePath().getParent());
    }

    /** Bytes written so far; files may come and go meanwhile. */
    ByteSize written() {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(partial())) {
            for (Path file : files) {
                bytes += Files.size(file);
            }
        } catch (IOException notYetOrJustGone) {
            return new ByteSize(bytes);
        }
        return new ByteSize(bytes);
    }

    /** Sums of all files of the archive, which is complete. */
    List<Manifest.DumpedFile> sums() throws IOException {
        List<Manifest.DumpedFile> sums = new ArrayList<>();
        try (Stream<Path> files = Files.list(partial())) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals(Manifest.NAME)) {
                    sums.add(new Manifest.DumpedFile(name, Files.size(file), sha256(file)));
                }
            }
        }
        return sums;
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = CatalogFacts.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Puts everything on disk, then gives the directory its name: whoever sees the name sees a complete archive. */
    void complete() throws IOException {
        try (Stream<Path> files = Files.list(partial())) {
            for (Path file : files.toList()) {
                sync(file);
            }
        }
        sync(partial());
        Files.move(partial(), location, StandardCopyOption.ATOMIC_MOVE);
        sync(parent());
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    void removePartial() {
        remove(partial());
    }

    /** What attempts of this run left behind that never became a backup. */
    static void removePartials(Path parent, RunId run) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, "*-" + run + PARTIAL)) {
            left.forEach(DumpDirectory::remove);
        } catch (NoSuchFileException e) {
            // The parent is made with the first dump.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
