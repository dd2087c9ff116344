package dev.nightshift.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files that somebody names: files as they are, directories with all their SQL, {@code -} for stdin. */
public final class SqlFiles {

    private SqlFiles() {}

    /** In the order named, each directory in Flyway's order; fails with {@link Unreadable}. */
    public static List<SqlFile> named(List<String> names) {
        return names.stream().flatMap(SqlFiles::named).toList();
    }

    private static Stream<SqlFile> named(String name) {
        if (name.equals("-")) {
            return Stream.of(SqlFile.stdin());
        }
        Path path = path(name);
        if (!Files.exists(path)) {
            throw new Unreadable(name + " cannot be read: there is no such file or directory");
        }
        if (!Files.isDirectory(path)) {
            Path directory = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
            return Stream.of(SqlFile.of(name, path, in(directory, 1)));
        }
        List<Path> found = in(path, Integer.MAX_VALUE);
        if (found.isEmpty()) {
            throw new Unreadable(name + " holds no file whose name ends in .sql");
        }
        return found.stream().map(file -> SqlFile.of(file.normalize().toString(), file, found));
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new Unreadable("'" + name + "' is not a path");
        }
    }

    /** All {@code *.sql} down to a depth, in Flyway's order. */
    static List<Path> in(Path directory, int depth) {
        try (Stream<Path> all = Files.walk(directory, depth)) {
            return all.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".sql"))
                    .filter(Files::isRegularFile)
                    .sorted(FlywayName.order())
                    .toList();
        } catch (UncheckedIOException e) {
            throw new Unreadable(directory + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw new Unreadable(directory + " cannot be read: " + SqlFile.why(e));
        }
    }
}
