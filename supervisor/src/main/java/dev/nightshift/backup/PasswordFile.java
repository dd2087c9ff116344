package dev.nightshift.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A password for libpq in a file that only this user may read, gone when closed. */
final class PasswordFile implements AutoCloseable {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;

    private PasswordFile(Path path) {
        this.path = path;
    }

    /** Empty where no password is set: the server may trust the user, or ask for a certificate. */
    static PasswordFile of(String password) {
        try {
            Path path = Files.createTempFile("nightshift-", ".pgpass", OWNER_ONLY);
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
