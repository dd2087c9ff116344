package dev.nightshift.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of one PostgreSQL version: at least {@code postgres} and {@code initdb}. */
public record Binaries(Path directory, String version, int major) {

    /** Where programs are looked for. */
    public enum Source {
        /** What is installed on this machine, else what the build brings along. */
        ANY,
        INSTALLED,
        /** The binaries on the class path, which hold only {@code postgres}, {@code initdb} and {@code pg_ctl}. */
        BUNDLED
    }

    static final int OLDEST = 14;
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

    /** The newest PostgreSQL of that source, or the newest of {@code major} where one is asked for. */
    static Binaries find(Source source, OptionalInt major) {
        if (source != Source.BUNDLED) {
            Optional<Binaries> installed = installed()
                    .filter(found -> major.isEmpty() || found.major == major.getAsInt())
                    .max(Comparator.comparingInt(Binaries::major));
            if (installed.isPresent()) {
                return installed.get();
            }
        }
        String wanted = "PostgreSQL " + (major.isPresent() ? major.getAsInt() : OLDEST + " or newer");
        if (source == Source.INSTALLED) {
            throw new SandboxFailed("no " + wanted + " is installed: neither in PATH nor in /usr/lib/postgresql");
        }
        Path unpacked = BundledBinaries.unpacked(major);
        return at(unpacked)
                .filter(found -> major.isEmpty() || found.major == major.getAsInt())
                .orElseThrow(
                        () -> new SandboxFailed(wanted + " is neither installed nor on the class path: " + unpacked));
    }

    /** The path of a PostgreSQL program that fits these servers: theirs, else one of the same or a newer major version. */
    public Optional<Path> tool(String name) {
        Path own = directory.resolve(name);
        return Files.isExecutable(own)
                ? Optional.of(own)
                : directories()
                        .map(other -> other.resolve(name))
                        .filter(Files::isExecutable)
                        .filter(other -> version(other)
                                .map(found -> found.major >= major)
                                .orElse(false))
                        .findFirst();
    }

    private static Stream<Binaries> installed() {
        return directories().flatMap(directory -> at(directory).stream()).filter(found -> found.major >= OLDEST);
    }

    /** Follows links: a PATH often has links to some of a version's programs only. */
    private static Optional<Binaries> at(Path directory) {
        try {
            Path postgres = directory.resolve("postgres").toRealPath();
            return Files.isExecutable(postgres) && Files.isExecutable(postgres.resolveSibling("initdb"))
                    ? version(postgres)
                    : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static Optional<Binaries> version(Path program) {
        Matcher matcher =
                VERSION.matcher(Command.of(program.toString(), "--version").output());
        return matcher.find()
                ? Optional.of(
                        new Binaries(program.resolveSibling(""), matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    private static Stream<Path> directories() {
        Stream<Path> packaged = Stream.of(
                        Path.of("/usr/lib/postgresql"),
                        Path.of("/usr"),
                        Path.of("/usr/local"),
                        Path.of("/opt/homebrew/opt"))
                .flatMap(Binaries::versionsIn)
                .map(home -> home.resolve("bin"));
        Stream<Path> configured = Command.find("pg_config").stream()
                .map(program ->
                        Path.of(Command.of(program.toString(), "--bindir").output()));
        return Stream.of(Command.searchPath(), packaged, configured)
                .flatMap(paths -> paths)
                .distinct();
    }

    private static Stream<Path> versionsIn(Path home) {
        String[] names = home.toFile().list((directory, name) -> name.matches("\\d+|pgsql.*|postgresql.*"));
        return names == null ? Stream.empty() : Stream.of(names).map(home::resolve);
    }
}
