package dev.nightshift.backup;

import dev.nightshift.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A password for libpq in a file that only this user may read, gone when closed. */
final class PasswordFile implements AutoCloseable {

    private static final String SUFFIX = ".pgpass";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;

    private PasswordFile(Path path) {
        this.path = path;
    }

    /**
     * Writes the password down for one program; what a killed worker of the same run left is taken away first.
     *
     * @param password empty where none is set: the server may trust the user, or ask for a certificate
     */
    static PasswordFile of(RunId run, String password) {
        try {
            Path directory = Path.of(System.getProperty("java.io.tmpdir"));
            String prefix = "nightshift-" + run + "-";
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, prefix + "*" + SUFFIX)) {
                for (Path stale : left) {
                    Files.deleteIfExists(stale);
                }
            }
            Path path = Files.createTempFile(directory, prefix, SUFFIX, OWNER_ONLY);
            path.toFile().deleteOnExit();
            Files.writeString(path, password.isEmpty() ? "" : "*:*:*:*:" + escaped(password) + "\n");
            return new PasswordFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String password) {
        if (password.indexOf('\n') >= 0 || password.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("expected a password of one line, as libpq's password files need it");
        }
        return password.replace("\\", "\\\\").replace(":", "\\:");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
