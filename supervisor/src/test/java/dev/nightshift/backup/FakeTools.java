package dev.nightshift.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory of programs that are shell scripts. */
final class FakeTools {

    private FakeTools() {}

    /** Programs that only know their version. */
    static Path ofVersion(Path directory, String version) {
        String script = "echo \"pg_dump (PostgreSQL) " + version + "\"";
        return of(directory, script, script);
    }

    static Path of(Path directory, String dump, String restore) {
        try {
            Files.createDirectories(directory);
            write(directory.resolve("pg_dump"), dump);
            write(directory.resolve("pg_restore"), restore);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
