package dev.nightshift.backup;

import dev.nightshift.program.Tool;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs {@code pg_dump} and {@code pg_restore} of one PostgreSQL version.
 *
 * @param version as the program prints it: {@code 15.18}
 */
public record PostgresTools(Path dump, Path restore, int major, String version) {

    /** Names one directory to look into instead of everywhere. */
    public static final String DIRECTORY_VARIABLE = "NIGHTSHIFT_PG_BIN";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");
    private static final List<Path> FAMILIES =
            List.of(Path.of("/usr/lib/postgresql"), Path.of("/usr"), Path.of("/opt"));

    /**
     * The lowest version that can dump a server of {@code serverMajor}: an archive of a later one may not load into it.
     *
     * @throws Permanent when there is none
     */
    public static PostgresTools find(int serverMajor, Map<String, String> environment) {
        List<PostgresTools> all = all(environment);
        return all.stream()
                .filter(tools -> tools.major >= serverMajor)
                .min(Comparator.comparingInt(PostgresTools::major))
                .orElseThrow(() -> missing(serverMajor, all, environment));
    }

    /**
     * The newest there is, to read archives of any version.
     *
     * @throws Permanent when there is none
     */
    public static PostgresTools newest(Map<String, String> environment) {
        return all(environment).stream()
                .max(Comparator.comparingInt(PostgresTools::major))
                .orElseThrow(() -> missing(0, List.of(), environment));
    }

    private static List<PostgresTools> all(Map<String, String> environment) {
        return directories(environment).stream()
                .flatMap(directory -> in(directory).stream())
                .toList();
    }

    private static List<Path> directories(Map<String, String> environment) {
        String named = environment.getOrDefault(DIRECTORY_VARIABLE, "");
        if (!named.isEmpty()) {
            return List.of(Path.of(named));
        }
        List<Path> found = new ArrayList<>();
        // Before PATH: what Debian has there is a wrapper that chooses a version by rules of its own.
        FAMILIES.forEach(family -> found.addAll(versionsIn(family)));
        for (String directory : environment.getOrDefault("PATH", "").split(":", -1)) {
            if (!directory.isEmpty()) {
                found.add(Path.of(directory));
            }
        }
        return found;
    }

    /** {@code /usr/lib/postgresql/15/bin}, {@code /usr/pgsql-15/bin}, {@code /opt/postgresql-15/bin} and the like. */
    private static List<Path> versionsIn(Path family) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(family)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(family, "{[1-9][0-9],p*sql*-[1-9][0-9]}")) {
                children.forEach(child -> found.add(child.resolve("bin")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private static Optional<PostgresTools> in(Path directory) {
        Path dump = directory.resolve("pg_dump");
        Path restore = directory.resolve("pg_restore");
        if (!Files.isExecutable(dump) || !Files.isExecutable(restore)) {
            return Optional.empty();
        }
        List<String> printed = new ArrayList<>();
        try (Tool tool = Tool.start(List.of(dump.toString(), "--version"), Map.of(), printed::add)) {
            Matcher version = VERSION.matcher(tool.await() == 0 ? String.join(" ", printed) : "");
            return version.find()
                    ? Optional.of(
                            new PostgresTools(dump, restore, Integer.parseInt(version.group(2)), version.group(1)))
                    : Optional.empty();
        }
    }

    private static Permanent missing(int serverMajor, List<PostgresTools> found, Map<String, String> environment) {
        String named = environment.getOrDefault(DIRECTORY_VARIABLE, "");
        String wanted = serverMajor == 0 ? "pg_restore" : "pg_dump of version " + serverMajor + " or later";
        String others = found.isEmpty()
                ? "none was found"
                : "found "
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(tools -> tools.version + " in " + tools.dump)
                                        .toList());
        return new Permanent(new Explanation(
                "no " + wanted + (named.isEmpty() ? " is on this machine: " : " is in " + named + ": ") + others,
                "looking for the programs that take and read a backup",
                Explanation.NOTHING_CHANGED,
                "install postgresql-client-" + (serverMajor == 0 ? "18" : serverMajor) + ", or name its directory in "
                        + DIRECTORY_VARIABLE));
    }
}
