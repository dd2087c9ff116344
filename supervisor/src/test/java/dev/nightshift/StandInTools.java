package dev.nightshift;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Programs that only tell a version, where the ones of that version are not on this machine. */
final class StandInTools {

    private StandInTools() {}

    /** The directory of a {@code pg_dump} and a {@code pg_restore} of that version. */
    static Path of(Path parent, String version) {
        try {
            Path directory = Files.createDirectories(parent.resolve("tools-" + version));
            for (String name : List.of("pg_dump", "pg_restore")) {
                Path program = directory.resolve(name);
                Files.writeString(program, "#!/bin/sh\necho '" + name + " (PostgreSQL) " + version + "'\n");
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
